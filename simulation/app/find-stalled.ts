import { db, trip } from "../engine/awaits";
import { OUTAGE } from "../engine/failures";
import { happens } from "../engine/faults";
import { DONE, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { publish } from "../outside/events";

const GRACE_MS = 20_000;
const MAX_ORDERS = 5;

/** Follows lib/dispatch/find-stalled.ts and the nudge of the sweep. */
export function* nudgeStalled(world: World): Steps {
  yield db(world);
  const { orders, dispatches } = world.tables;
  const forgets = world.planted === "sweep-forgets-prepared";
  const before = world.nowMs - GRACE_MS;
  const waiting = orders.filter(({ status, createdAtMs }) => status === "queued" && createdAtMs < before).slice(0, MAX_ORDERS);
  const stalled = dispatches.filter(
    ({ status, nextCheckAtMs, hintedAtMs, lastRead }) =>
      ((status === "prepared" && !forgets) || status === "placed") &&
      (nextCheckAtMs < before || (hintedAtMs !== null && hintedAtMs < before && hintedAtMs > (lastRead?.atMs ?? 0))),
  );
  if (waiting.length + stalled.length === 0) return DONE;
  yield trip(world);
  if (happens(world, "queue-down")) throw OUTAGE;
  for (const _ of waiting) publish(world, "orders/queued", null);
  for (const dispatch of stalled) publish(world, "dispatches/stalled", dispatch);
  return DONE;
}

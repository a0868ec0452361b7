import { db, trip } from "../engine/awaits";
import { OUTAGE } from "../engine/failures";
import { happens } from "../engine/faults";
import { DONE, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { publish } from "../outside/events";

const GRACE_MS = 20_000;

/** Follows lib/dispatch/find-stalled.ts and the nudge of the sweep. */
export function* nudgeStalled(world: World): Steps {
  yield db(world);
  const { tables, planted } = world;
  const before = world.nowMs - GRACE_MS;
  const waits =
    planted !== "sweep-forgets-lines" &&
    tables.orders.some(({ lines }) => lines.some(({ status, queuedAtMs }) => status === "queued" && queuedAtMs < before));
  const stalled = tables.dispatches.filter(
    ({ status, nextCheckAtMs }) =>
      ((status === "prepared" && planted !== "sweep-forgets-prepared") || status === "placed") && nextCheckAtMs < before,
  );
  if (!waits && stalled.length === 0) return DONE;
  yield trip(world);
  if (happens(world, "queue-down")) throw OUTAGE;
  if (waits) publish(world, "orders/queued", null);
  for (const dispatch of stalled) publish(world, "dispatches/stalled", dispatch);
  return DONE;
}

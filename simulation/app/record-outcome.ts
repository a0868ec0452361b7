import type { CheckoutOutcome } from "@/lib/bamboo/checkout";
import { committed, db } from "../engine/awaits";
import { DONE, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import type { Dispatch } from "../store/rows";
import { enqueue } from "../store/tables";
import { hasDoubt, moveOrder, ordersOf } from "./orders";

/** Follows lib/dispatch/record-outcome.ts. `place` is the attempt's. */
export function* recordOutcome(
  world: World,
  process: Process,
  dispatch: Dispatch,
  place: number,
  outcome: CheckoutOutcome,
): Steps {
  yield db(world);
  const attempt = dispatch.attempts[place];
  if (attempt && attempt.finishedAtMs === null) {
    attempt.finishedAtMs = world.nowMs;
    attempt.outcome = outcome.kind;
    attempt.reason = outcome.kind === "rejected" ? outcome.reason : outcome.kind === "unknown" ? outcome.cause : null;
  }
  if (world.trace)
    world.trace(process.name, `records attempt ${place + 1} of ${dispatch.id}: ${outcome.kind} ${attempt?.reason ?? ""}`);
  if (outcome.kind === "placed") markPlaced(world, dispatch);
  if (outcome.kind === "unknown") markInDoubt(world, dispatch);
  if (place === 0) enqueue(world, outcome.kind === "placed" ? "dispatches/placed" : "dispatches/stalled", { dispatch });
  committed(world);
  return DONE;
}

/** Follows lib/dispatch/mark-placed.ts. */
export function markPlaced(world: World, dispatch: Dispatch): void {
  if (dispatch.status !== "prepared") return;
  dispatch.status = "placed";
  dispatch.placedAtMs = world.nowMs;
  dispatch.inDoubtSinceMs = null;
  for (const order of ordersOf(dispatch))
    if (order.status === "confirming" && !hasDoubt(world, order)) moveOrder(world, order, "processing");
}

/** Follows lib/dispatch/mark-in-doubt.ts. */
export function markInDoubt(world: World, dispatch: Dispatch): void {
  if (dispatch.status !== "prepared") return;
  dispatch.inDoubtSinceMs ??= world.nowMs;
  for (const order of ordersOf(dispatch)) moveOrder(world, order, "confirming");
}

import { MAX_READ_WAIT_MS, nextAction } from "@/lib/dispatch/next-action";
import { db, trip } from "../engine/awaits";
import { OUTAGE } from "../engine/failures";
import { happens } from "../engine/faults";
import { count } from "../engine/tally";
import { DONE, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { publish } from "../outside/events";
import type { Dispatch } from "../store/rows";
import { factsOf } from "./decide";

const SOON_MS = 5_000;

/**
 * Follows lib/dispatch/check-outstanding.ts and what the sweep makes of it. The report is read for the sake of one purchase already, in
 * seeds that have it at all: so many as it is for do not come together here.
 */
export function* checkOutstanding(world: World): Steps {
  if (!world.readsReport) return DONE;
  yield db(world);
  const due = world.tables.dispatches.filter((dispatch) => isDue(world, dispatch));
  if (due.length === 0) return DONE;
  const askedAtMs = world.nowMs;
  yield trip(world) + world.random.within(world.wayMs);
  const open = due.filter((dispatch) => isNamed(world, dispatch, false));
  const over = due.filter((dispatch) => isNamed(world, dispatch, true));
  const lost = happens(world, "answer-lost");
  yield trip(world) + world.random.within(world.wayMs);
  if (lost) return DONE;
  count(world.tally.facts, "told open by the report", open.length);
  count(world.tally.facts, "told over by the report", over.length);
  yield db(world);
  for (const dispatch of open) noteOpen(dispatch, askedAtMs);
  yield db(world);
  for (const dispatch of over) noteOver(world, dispatch);
  if (over.length === 0) return DONE;
  yield trip(world);
  if (happens(world, "queue-down")) throw OUTAGE;
  for (const dispatch of over) publish(world, "bamboo/notified", dispatch);
  return DONE;
}

function isDue(world: World, dispatch: Dispatch): boolean {
  if (dispatch.status !== "placed") return false;
  const facts = { ...factsOf(world, dispatch), attempts: [], escalated: true };
  return !facts.hinted && nextAction(facts, world.nowMs + SOON_MS).kind === "ask";
}

function isNamed({ supplier, nowMs }: World, dispatch: Dispatch, over: boolean): boolean {
  const purchase = supplier.byRequestId.get(dispatch.id);
  return purchase !== undefined && nowMs >= purchase.readableAtMs && nowMs >= purchase.finalAtMs === over;
}

function noteOpen(dispatch: Dispatch, askedAtMs: number): void {
  if (dispatch.status !== "placed") return;
  dispatch.reportedOpenAtMs = askedAtMs;
  dispatch.nextCheckAtMs = Math.max(dispatch.nextCheckAtMs, askedAtMs + MAX_READ_WAIT_MS);
}

function noteOver({ nowMs }: World, dispatch: Dispatch): void {
  if (dispatch.status !== "placed") return;
  dispatch.hintedAtMs = nowMs;
  dispatch.nextCheckAtMs = Math.min(dispatch.nextCheckAtMs, nowMs);
}

import { DONE, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import type { Dispatch } from "../store/rows";
import { advanceDispatch } from "./advance-dispatch";
import { checkOutstanding } from "./check-outstanding";
import { drain } from "./drain";
import { nudgeStalled } from "./find-stalled";
import { relayOutbox } from "./relay-outbox";

/** The steps of inngest/functions/dispatch-orders.ts, settle-dispatch.ts and sweep.ts. */
export const dispatchStep = drain;

export function* advanceStep(world: World, process: Process, dispatch: Dispatch): Steps {
  const advanced = yield* advanceDispatch(world, process, dispatch, null);
  if (advanced === DONE) yield* relayOutbox(world, process);
  return advanced;
}

export function* sweepStep(world: World, process: Process): Steps {
  yield* relayOutbox(world, process);
  yield* nudgeStalled(world);
  yield* checkOutstanding(world);
  return DONE;
}

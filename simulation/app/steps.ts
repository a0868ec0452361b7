import { DONE, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import type { Dispatch } from "../store/rows";
import { advanceDispatch } from "./advance-dispatch";
import { nudgeStalled } from "./find-stalled";
import { PLACED, placeNext } from "./place-next";
import { relayOutbox } from "./relay-outbox";

/** The steps of inngest/functions/dispatch-orders.ts, settle-dispatch.ts and sweep.ts. */
export function* dispatchStep(world: World, process: Process): Steps {
  const outcome = yield* placeNext(world, process);
  if (outcome === PLACED) yield* relayOutbox(world, process);
  return outcome;
}

export function* advanceStep(world: World, process: Process, dispatch: Dispatch): Steps {
  const advanced = yield* advanceDispatch(world, process, dispatch, null);
  if (advanced === DONE) yield* relayOutbox(world, process);
  return advanced;
}

export function* sweepStep(world: World, process: Process): Steps {
  yield* relayOutbox(world, process);
  yield* nudgeStalled(world);
  return DONE;
}

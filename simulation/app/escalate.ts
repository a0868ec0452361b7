import { committed, db } from "../engine/awaits";
import { DONE, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import type { Dispatch } from "../store/rows";
import { markInDoubt } from "./record-outcome";

/** Follows lib/dispatch/escalate.ts. */
export function* escalate(world: World, process: Process, dispatch: Dispatch): Steps {
  yield db(world);
  if (!dispatch.escalated) {
    markInDoubt(world, dispatch);
    dispatch.escalated = true;
    dispatch.inDoubtSinceMs ??= world.nowMs;
    if (world.trace) world.trace(process.name, `hands ${dispatch.id} to people`);
  }
  committed(world);
  return DONE;
}

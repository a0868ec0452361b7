import { db } from "../engine/awaits";
import { DONE, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import type { Dispatch } from "../store/rows";
import { askSupplier } from "./ask-supplier";
import { decide } from "./decide";
import { escalate } from "./escalate";
import { postDispatch } from "./post-dispatch";
import { rejectDispatch } from "./reject-dispatch";
import type { Turn } from "./turns";

const MAX_ACTIONS = 6;

/** Follows lib/dispatch/advance-dispatch.ts. DONE, or how long to wait. */
export function* advanceDispatch(world: World, process: Process, dispatch: Dispatch, turn: Turn | null): Steps {
  let given = turn;
  for (let action = 0; action < MAX_ACTIONS; action++) {
    yield db(world);
    const known = dispatch.attempts.length;
    const next = decide(world, process, dispatch);
    if (world.trace) world.trace(process.name, `decides for ${dispatch.id}: ${JSON.stringify(next)}`);
    let waitMs = DONE;
    switch (next.kind) {
      case "done":
        return DONE;
      case "wait":
        return yield* wait(world, process, dispatch, next.untilMs - world.nowMs);
      case "post":
        waitMs = yield* postDispatch(world, process, dispatch, known, given);
        break;
      case "ask":
        waitMs = yield* askSupplier(world, process, dispatch);
        break;
      case "reject":
        yield* rejectDispatch(world, process, dispatch, next.reason);
        break;
      case "escalate":
        yield* escalate(world, process, dispatch);
        break;
    }
    if (waitMs !== DONE) return yield* wait(world, process, dispatch, waitMs);
    given = null;
  }
  return yield* wait(world, process, dispatch, 0);
}

/** Notes when to look again. The time is the database's. */
function* wait(world: World, process: Process, dispatch: Dispatch, waitMs: number): Steps {
  yield db(world);
  const nowMs = world.planted === "own-clock" ? world.nowMs + process.skewMs : world.nowMs;
  if (dispatch.status === "prepared" || dispatch.status === "placed") dispatch.nextCheckAtMs = nowMs + waitMs;
  return Math.max(waitMs, 0);
}

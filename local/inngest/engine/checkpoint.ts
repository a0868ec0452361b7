import { isObject, type Json, textOf } from "../wire/json";
import { readOp } from "./answer";
import { decideCheckpoint } from "./decide-checkpoint";
import type { Engine } from "./engine";
import { rememberSteps } from "./run-state";

export type CheckpointResult = { status: 200 } | { status: 400 | 409; error: string };

const MAX_STEPS = 1000;

/**
 * Memoises steps that an SDK reports in the middle of a call; durable when it returns. Only the call under way may report: one
 * whose server was restarted, or whose run was cancelled, gets 409, upon which the SDK stops running the function.
 */
export async function checkpoint(engine: Engine, runId: string, body: Json | undefined): Promise<CheckpointResult> {
  if (!isObject(body) || !Array.isArray(body.steps) || body.steps.length > MAX_STEPS) {
    return { status: 400, error: `a checkpoint needs an array "steps" of at most ${MAX_STEPS}` };
  }
  const call = engine.inFlight.get(textOf(body.qi_id));
  if (!call || call.runId !== runId || call.requestId !== textOf(body.request_id)) {
    return { status: 409, error: "stale dispatch: this call is no longer under way" };
  }
  const ops = body.steps.map(readOp);
  const result = await engine.runs.change<CheckpointResult>(runId, async (run) => {
    const changes = decideCheckpoint(run, ops, engine.moment().nowMs);
    if ("refused" in changes) return { status: 400, error: changes.refused };
    await engine.write(changes);
    rememberSteps(run, changes.steps);
    return { status: 200 };
  });
  return result ?? { status: 409, error: "stale dispatch: the run has ended" };
}

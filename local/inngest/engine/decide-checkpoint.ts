import { type Changes, noChanges } from "../store/rows";
import type { Op } from "./answer";
import { FUNCTION_STEP_ID } from "./decide-ops";
import type { RunState } from "./run-state";

/** Memoises the steps that an SDK reports while its function goes on running; only steps that have run can be reported so. */
export function decideCheckpoint(run: RunState, ops: readonly Op[], nowMs: number): Changes | { refused: string } {
  const changes = noChanges();
  for (const op of ops) {
    if (op.op !== "StepRun" || op.id === "") return { refused: `The op ${op.op} cannot be checkpointed on this server.` };
    if (op.id === FUNCTION_STEP_ID) return { refused: 'The step id "complete" is the one under which the SDK ends a function.' };
    if (run.steps.get(op.id)?.state === "done") continue;
    changes.steps.push({
      runId: run.id,
      stepId: op.id,
      name: op.displayName,
      op: op.op,
      state: "done",
      race: op.opts.parallelMode === "race",
      position: run.order.length + changes.steps.length + 1,
      result: { data: op.data },
      error: null,
      changedMs: nowMs,
    });
  }
  return changes;
}

import { type Changes, noChanges } from "../store/rows";
import type { Json } from "../wire/json";
import { DISCOVERY, mayDiscover } from "./decide-answer";
import type { Moment } from "./moment";
import type { RunState } from "./run-state";

/**
 * Gives a pending step its result (`{data}`, `{error}` or null) and, if nothing else is awaited, queues the next call. A step
 * that is no longer pending is left alone, so a resolution may be repeated.
 */
export function decideResolution(run: RunState, stepId: string, result: Json, moment: Moment): Changes {
  const changes = noChanges();
  changes.settled.push({ runId: run.id, stepId });
  const step = run.steps.get(stepId);
  if (step?.state !== "pending") return changes;
  const { name, op, race } = step;
  const position = run.order.length + 1;
  changes.steps.push({
    runId: run.id,
    stepId,
    name,
    op,
    race,
    state: "done",
    result,
    error: null,
    position,
    changedMs: moment.nowMs,
  });
  if (mayDiscover(run, changes, race)) {
    changes.items.push({
      id: moment.newId(),
      kind: "call",
      runId: run.id,
      functionId: run.functionId,
      stepId: DISCOVERY,
      eventId: null,
      payload: null,
      attempt: 0,
      starts: false,
      dueMs: moment.nowMs,
      score: moment.nowMs,
      concurrencyKeys: run.concurrencyKeys,
      throttleKey: null,
    });
  }
  return changes;
}

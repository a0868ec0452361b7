import type { RegisteredFunction } from "../apps/compile-function";
import { type Changes, type Emission, type Item, noChanges, type RunStatus } from "../store/rows";
import { isObject, type Json, type JsonObject, textOf } from "../wire/json";
import type { Moment } from "./moment";
import type { RunState } from "./run-state";

/** The changes that end a run: its row, the events about it, and the answer to the run that invoked it. */
export function endRun(
  run: RunState,
  fn: RegisteredFunction,
  status: Exclude<RunStatus, "Running">,
  output: Json,
  moment: Moment,
): Changes {
  const changes = noChanges();
  changes.ends.push({ id: run.id, status, output, endedMs: moment.nowMs });
  if (run.parent) changes.items.push(answerParent(run.parent, status, output, moment));
  if (!run.quiet) changes.emissions.push(...lifecycleEvents(run, fn, status, output, moment));
  return changes;
}

/** An item that gives a pending step its result at `dueMs`. */
export function resolveItem(runId: string, stepId: string, payload: Json, dueMs: number, moment: Moment): Item {
  return {
    id: moment.newId(),
    kind: "resolve",
    runId,
    functionId: null,
    stepId,
    eventId: null,
    payload,
    attempt: 0,
    starts: false,
    dueMs,
    score: dueMs,
    concurrencyKeys: [],
    throttleKey: null,
  };
}

function answerParent(parent: { runId: string; stepId: string }, status: RunStatus, output: Json, moment: Moment): Item {
  const result: JsonObject =
    status === "Completed"
      ? { data: output }
      : {
          error:
            status === "Failed"
              ? describeError(output)
              : { name: "Error", message: "The invoked function was cancelled", stack: "" },
        };
  return resolveItem(parent.runId, parent.stepId, result, moment.nowMs, moment);
}

function lifecycleEvents(run: RunState, fn: RegisteredFunction, status: RunStatus, output: Json, moment: Moment): Emission[] {
  const base: JsonObject = { function_id: fn.slug, run_id: run.id, event: run.event, events: [run.event], _inngest: { status } };
  const failure: JsonObject = status === "Completed" ? { result: output } : { error: describeError(output), result: null };
  const ended = status === "Cancelled" ? "inngest/function.cancelled" : "inngest/function.finished";
  const names = status === "Failed" ? ["inngest/function.failed", ended] : [ended];
  return names.filter(moment.isWanted).map((name) => {
    const id = moment.newId();
    return { id, seq: moment.newSeq(), body: { name, id, ts: moment.nowMs, data: { ...base, ...failure } } };
  });
}

/** An error in the shape that failure handlers and memoised steps carry. */
export function describeError(value: Json): JsonObject {
  if (!isObject(value))
    return { error: "Error", name: "Error", message: typeof value === "string" ? value : JSON.stringify(value), stack: "" };
  const name = textOf(value.name, "Error");
  const cause = value.cause === undefined ? {} : { cause: value.cause };
  return {
    error: name,
    name,
    message: textOf(value.message, textOf(value.error, "Unknown error")),
    stack: textOf(value.stack),
    ...cause,
  };
}

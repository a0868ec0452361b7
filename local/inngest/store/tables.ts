import { arrayText, type Insert, jsonText } from "./insert";
import type { Emission, Item, NewRun, Pause, StepRow } from "./rows";

export const EVENTS: Insert<Emission & { receivedMs: number }> = {
  table: "inngest.events",
  columns: [
    ["id", "text", (row) => row.id],
    ["name", "text", (row) => row.body.name],
    ["body", "json", (row) => jsonText(row.body)],
    ["seq", "bigint", (row) => row.seq],
    ["received_ms", "bigint", (row) => row.receivedMs],
  ],
  conflict: "on conflict do nothing",
};

export const RUNS: Insert<NewRun> = {
  table: "inngest.runs",
  columns: [
    ["id", "text", (row) => row.id],
    ["function_id", "uuid", (row) => row.functionId],
    ["event_id", "text", (row) => row.eventId],
    ["status", "text", () => "Running"],
    ["parent_run_id", "text", (row) => row.parentRunId],
    ["parent_step_id", "text", (row) => row.parentStepId],
    ["quiet", "boolean", (row) => row.quiet],
    ["concurrency_keys", "text", (row) => arrayText(row.concurrencyKeys)],
    ["throttle_key", "text", (row) => row.throttleKey],
    ["created_ms", "bigint", (row) => row.createdMs],
  ],
};

export const ITEMS: Insert<Item> = {
  table: "inngest.queue",
  columns: [
    ["id", "text", (row) => row.id],
    ["kind", "text", (row) => row.kind],
    ["run_id", "text", (row) => row.runId],
    ["function_id", "uuid", (row) => row.functionId],
    ["step_id", "text", (row) => row.stepId],
    ["event_id", "text", (row) => row.eventId],
    ["payload", "json", (row) => jsonText(row.payload)],
    ["attempt", "integer", (row) => row.attempt],
    ["starts", "boolean", (row) => row.starts],
    ["due_ms", "bigint", (row) => row.dueMs],
    ["score", "bigint", (row) => row.score],
    ["concurrency_keys", "text", (row) => arrayText(row.concurrencyKeys)],
    ["throttle_key", "text", (row) => row.throttleKey],
  ],
};

export const PAUSES: Insert<Pause> = {
  table: "inngest.pauses",
  columns: [
    ["run_id", "text", (row) => row.runId],
    ["step_id", "text", (row) => row.stepId],
    ["kind", "text", (row) => row.kind],
    ["event_name", "text", (row) => row.eventName],
    ["expression", "text", (row) => row.expression],
    ["after_seq", "bigint", (row) => row.afterSeq],
    ["expires_ms", "bigint", (row) => row.expiresMs],
  ],
  conflict: "on conflict do nothing",
};

export const STEPS: Insert<StepRow> = {
  table: "inngest.steps",
  columns: [
    ["run_id", "text", (row) => row.runId],
    ["step_id", "text", (row) => row.stepId],
    ["name", "text", (row) => row.name],
    ["op", "text", (row) => row.op],
    ["state", "text", (row) => row.state],
    ["race", "boolean", (row) => row.race],
    ["position", "integer", (row) => row.position],
    ["result", "json", (row) => jsonText(row.result)],
    ["error", "json", (row) => jsonText(row.error)],
    ["changed_ms", "bigint", (row) => row.changedMs],
  ],
  conflict: `on conflict (run_id, step_id) do update set name = excluded.name, op = excluded.op, state = excluded.state,
    race = excluded.race, position = excluded.position, result = excluded.result, error = excluded.error,
    changed_ms = excluded.changed_ms`,
};

import type { Pool } from "pg";
import { type RunState, rememberSteps } from "../engine/run-state";
import type { EventBody, StepRow } from "./rows";

interface RunRow {
  id: string;
  function_id: string;
  event_id: string;
  body: EventBody;
  quiet: boolean;
  parent_run_id: string | null;
  parent_step_id: string | null;
  concurrency_keys: string[];
  sdk_version: number;
}

type StepRecord = Pick<StepRow, "name" | "op" | "state" | "race" | "position" | "result"> & { run_id: string; step_id: string };

/** Reads runs that have not ended, with their step memory; ended or unknown ones are left out. */
export async function loadRuns(pool: Pool, ids: readonly string[], fresh: boolean): Promise<Map<string, RunState>> {
  const { rows } = await pool.query<RunRow>(
    `select r.id, r.function_id, r.event_id, e.body, r.quiet, r.parent_run_id, r.parent_step_id, r.concurrency_keys, r.sdk_version
     from inngest.runs r join inngest.events e on e.id = r.event_id where r.id = any($1) and r.ended_ms is null`,
    [ids],
  );
  const runs = new Map(rows.map((row) => [row.id, toState(row)]));
  if (fresh) return runs;
  const steps = await pool.query<StepRecord>(
    `select run_id, step_id, name, op, state, race, position, result from inngest.steps where run_id = any($1) order by run_id, position`,
    [ids],
  );
  for (const row of steps.rows) {
    const run = runs.get(row.run_id);
    if (run) rememberSteps(run, [{ ...row, runId: row.run_id, stepId: row.step_id, error: null, changedMs: 0 }]);
  }
  return runs;
}

function toState(row: RunRow): RunState {
  const { parent_run_id: runId, parent_step_id: stepId } = row;
  return {
    id: row.id,
    functionId: row.function_id,
    eventId: row.event_id,
    event: row.body,
    quiet: row.quiet,
    parent: runId !== null && stepId !== null ? { runId, stepId } : undefined,
    concurrencyKeys: row.concurrency_keys,
    sdkVersion: row.sdk_version,
    steps: new Map(),
    order: [],
    ended: false,
  };
}

import type { Pool } from "pg";
import { cancelRun } from "../engine/cancel-run";
import type { Engine } from "../engine/engine";
import { json, type Reply, text } from "./http";

interface RunRow {
  id: string;
  slug: string;
  event_id: string;
  status: string;
  created_ms: number;
  started_ms: number | null;
  ended_ms: number | null;
  output: unknown;
}

const MAX_RUNS = 100;
const COLUMNS = "r.id, f.config->>'id' as slug, r.event_id, r.status, r.created_ms, r.started_ms, r.ended_ms, r.output";

/** `GET /v1/events/:id/runs`: the runs an event started, by its internal id. */
export async function runsOfEvent(pool: Pool, eventId: string): Promise<Reply> {
  const { rows } = await pool.query<RunRow>(
    `select ${COLUMNS} from inngest.runs r join inngest.functions f on f.id = r.function_id where r.event_id = $1 order by r.id limit ${MAX_RUNS}`,
    [eventId],
  );
  return json(200, { data: rows.map(toRun), metadata: metadata() });
}

/** `GET /v1/runs/:id`. An unknown id is a 500, as production answers it. */
export async function oneRun(pool: Pool, runId: string): Promise<Reply> {
  const { rows } = await pool.query<RunRow>(
    `select ${COLUMNS} from inngest.runs r join inngest.functions f on f.id = r.function_id where r.id = $1`,
    [runId],
  );
  const [row] = rows;
  if (!row) return json(500, { status: 500, error: `Unable to load function run: there is no run ${runId}` });
  return json(200, { data: toRun(row), metadata: metadata() });
}

/** `DELETE /v1/runs/:id` cancels; a run that has ended stays as it is. */
export async function deleteRun(engine: Engine, runId: string): Promise<Reply> {
  const { rowCount } = await engine.pool.query("select 1 from inngest.runs where id = $1", [runId]);
  if (rowCount === 0) return json(404, { status: 404, error: `there is no run ${runId}` });
  await cancelRun(engine, runId, "asked for over the API");
  return text(200, "");
}

function toRun(row: RunRow): Record<string, unknown> {
  return {
    run_id: row.id,
    run_started_at: new Date(row.started_ms ?? row.created_ms).toISOString(),
    function_id: row.slug,
    function_version: 1,
    environment_id: "local",
    event_id: row.event_id,
    status: row.status,
    ended_at: row.ended_ms === null ? null : new Date(row.ended_ms).toISOString(),
    output: row.output,
  };
}

function metadata(): Record<string, unknown> {
  const now = new Date().toISOString();
  return { fetched_at: now, cached_until: now };
}

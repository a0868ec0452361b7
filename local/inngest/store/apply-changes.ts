import type { PoolClient } from "pg";
import { insertRows, jsonText, rowsOf } from "./insert";
import type { Changes, ItemMove, RunEnd } from "./rows";
import { ITEMS, PAUSES, STEPS } from "./tables";

/** Writes everything but the emissions; inside the caller's transaction. Ends come last, as they sweep up after their runs. */
export async function applyChanges(client: PoolClient, changes: Changes): Promise<void> {
  await insertRows(client, STEPS, changes.steps);
  await settle(client, changes.settled);
  await insertRows(client, PAUSES, changes.pauses);
  await insertRows(client, ITEMS, changes.items);
  await moveItems(client, changes.moves);
  if (changes.drops.length > 0) await client.query("delete from inngest.queue where id = any($1)", [changes.drops]);
  await saveVersions(client, changes.versions);
  await endRuns(client, changes.ends);
  await saveTicks(client, changes.ticks);
}

async function settle(client: PoolClient, settled: Changes["settled"]): Promise<void> {
  if (settled.length === 0) return;
  const steps = rowsOf(
    [
      ["run_id", "text", (row) => row.runId],
      ["step_id", "text", (row) => row.stepId],
    ],
    settled,
  );
  await client.query(
    `delete from inngest.pauses p using ${steps.sql} where p.run_id = x.run_id and p.step_id = x.step_id`,
    steps.values,
  );
  await client.query(
    `delete from inngest.queue q using ${steps.sql} where q.run_id = x.run_id and q.step_id = x.step_id and q.kind = 'resolve'`,
    steps.values,
  );
}

async function moveItems(client: PoolClient, moves: readonly ItemMove[]): Promise<void> {
  if (moves.length === 0) return;
  const rows = rowsOf<ItemMove>(
    [
      ["id", "text", (row) => row.id],
      ["step_id", "text", (row) => row.stepId],
      ["attempt", "integer", (row) => row.attempt],
      ["due_ms", "bigint", (row) => row.dueMs],
      ["release", "boolean", (row) => row.release],
    ],
    moves,
  );
  await client.query(
    `update inngest.queue q set step_id = x.step_id, attempt = x.attempt, due_ms = x.due_ms, score = x.due_ms, starts = false,
       throttle_key = null, lease_until_ms = case when x.release then 0 else q.lease_until_ms end
     from ${rows.sql} where q.id = x.id`,
    rows.values,
  );
}

async function saveVersions(client: PoolClient, versions: Changes["versions"]): Promise<void> {
  if (versions.length === 0) return;
  const rows = rowsOf(
    [
      ["id", "text", (row) => row.runId],
      ["version", "integer", (row) => row.version],
    ],
    versions,
  );
  await client.query(`update inngest.runs r set sdk_version = x.version from ${rows.sql} where r.id = x.id`, rows.values);
}

async function endRuns(client: PoolClient, ends: readonly RunEnd[]): Promise<void> {
  if (ends.length === 0) return;
  const rows = rowsOf<RunEnd>(
    [
      ["id", "text", (row) => row.id],
      ["status", "text", (row) => row.status],
      ["output", "json", (row) => jsonText(row.output)],
      ["ended_ms", "bigint", (row) => row.endedMs],
    ],
    ends,
  );
  await client.query(
    `update inngest.runs r set status = x.status, output = x.output, ended_ms = x.ended_ms
     from ${rows.sql} where r.id = x.id and r.ended_ms is null`,
    rows.values,
  );
  const ids = ends.map(({ id }) => id);
  await client.query("delete from inngest.queue where run_id = any($1)", [ids]);
  await client.query("delete from inngest.pauses where run_id = any($1)", [ids]);
}

async function saveTicks(client: PoolClient, ticks: Changes["ticks"]): Promise<void> {
  if (ticks.length === 0) return;
  const rows = rowsOf(
    [
      ["function_id", "uuid", (row) => row.functionId],
      ["schedule", "text", (row) => row.schedule],
      ["next_ms", "bigint", (row) => row.nextMs],
    ],
    ticks,
  );
  await client.query(
    `insert into inngest.crons (function_id, schedule, next_ms) select function_id, schedule, next_ms from ${rows.sql}
     on conflict (function_id, schedule) do update set next_ms = excluded.next_ms`,
    rows.values,
  );
}

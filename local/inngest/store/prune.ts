import type { Pool } from "pg";

const KEEP_MS = 3 * 24 * 3_600_000;
const BATCH = 500;
const MAX_BATCHES = 20;

/** Deletes runs that ended, and events that came, more than three days ago, in small batches; gives how many rows went. */
export async function prune(pool: Pool, nowMs: number, throttleKeys: readonly string[]): Promise<number> {
  const beforeMs = nowMs - KEEP_MS;
  let deleted = 0;
  const statements: [string, unknown[]][] = [
    [
      `with old as (delete from inngest.runs where id in (select id from inngest.runs where ended_ms < $1 limit ${BATCH}) returning id),
         gone as (delete from inngest.steps where run_id in (select id from old))
       select id from old`,
      [beforeMs],
    ],
    [
      `delete from inngest.events where id in (select e.id from inngest.events e where e.received_ms < $1
         and not exists (select 1 from inngest.runs r where r.event_id = e.id)
         and not exists (select 1 from inngest.queue q where q.event_id = e.id) order by e.received_ms limit ${BATCH})`,
      [beforeMs],
    ],
    [`delete from inngest.dedupe where key in (select key from inngest.dedupe where expires_ms < $1 limit ${BATCH})`, [nowMs]],
    ["delete from inngest.throttles where key = any($1)", [throttleKeys]],
  ];
  for (const [sql, values] of statements) {
    for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
      const { rowCount } = await pool.query(sql, values);
      deleted += rowCount ?? 0;
      if ((rowCount ?? 0) < BATCH) break;
    }
  }
  return deleted;
}

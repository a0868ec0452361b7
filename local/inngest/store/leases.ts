import type { Pool } from "pg";
import { LEASE_MS } from "./claim-items";

/** Frees all leases: whoever held them is gone, since only one server owns the database. */
export async function freeLeases(pool: Pool): Promise<number> {
  const { rowCount } = await pool.query("update inngest.queue set lease_until_ms = 0 where lease_until_ms <> 0");
  return rowCount ?? 0;
}

export async function extendLeases(pool: Pool, ids: readonly string[], nowMs: number): Promise<void> {
  if (ids.length > 0)
    await pool.query("update inngest.queue set lease_until_ms = $2 where id = any($1)", [ids, nowMs + LEASE_MS]);
}

const MAX_MOMENTS = 500;

/** The moments within a span at which something becomes due. */
export async function soonDueMs(pool: Pool, afterMs: number, untilMs: number): Promise<number[]> {
  const { rows } = await pool.query<{ due_ms: number }>(
    `select distinct due_ms from inngest.queue where due_ms > $1 and due_ms <= $2 order by due_ms limit ${MAX_MOMENTS}`,
    [afterMs, untilMs],
  );
  return rows.map((row) => row.due_ms);
}

import { type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { db } from "./client";

/** Small enough that no lock is held for long. */
const BATCH = 5_000;
/** What is left over goes the next day. */
const MAX_BATCHES = 100;

/** Deletes what `where` names, batch by batch. Answers how many rows went. */
export async function prune(table: PgTable, where: SQL): Promise<number> {
  let gone = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const { rowCount } = await db().execute(
      sql`delete from ${table} where ctid in (select ctid from ${table} where ${where} limit ${BATCH})`,
    );
    gone += rowCount ?? 0;
    if ((rowCount ?? 0) < BATCH) break;
  }
  return gone;
}

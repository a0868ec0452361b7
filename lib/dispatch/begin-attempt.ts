import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { newId } from "@/lib/ids";
import { sqlState } from "@/lib/postgres-errors";
import { ATTEMPT_OVER_MS } from "./next-action";

const UNIQUE_VIOLATION = "23505";

/**
 * Commits an attempt before its request is sent. Null when the dispatch is no longer to be posted, or another driver has an attempt in
 * flight. `known` is how many attempts the decision to post was made on: the number after it is unique, so a decision that others have
 * overtaken is refused.
 */
export async function beginAttempt(dispatchId: string, known: number): Promise<{ id: string; number: number } | null> {
  try {
    const { rows } = await db().execute<{ id: string; number: number }>(sql`
      insert into attempts (id, dispatch_id, number)
      select ${newId()}::uuid, d.id, ${known + 1}::int
      from dispatches d
      where d.id = ${dispatchId} and d.status = 'prepared' and not exists (
        select from attempts a where a.dispatch_id = d.id and a.finished_at is null and a.started_at > now() - make_interval(secs => ${ATTEMPT_OVER_MS / 1_000}))
      returning id, number`);
    return rows[0] ?? null;
  } catch (thrown) {
    if (sqlState(thrown) === UNIQUE_VIOLATION) return null;
    throw thrown;
  }
}

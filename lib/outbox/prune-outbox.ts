import { sql } from "drizzle-orm";
import { prune } from "@/drizzle/prune";
import { outbox } from "@/drizzle/schema";

/** Long enough to see in hindsight what was sent. */
const KEPT_DAYS = 7;

const LAST_ID = Number.MAX_SAFE_INTEGER;

/** Removes events sent long ago; one that was never sent stays for ever. */
export function pruneOutbox(): Promise<number> {
  const since = sql`now() - make_interval(days => ${KEPT_DAYS})`;
  // Ids rise with time: the first young row bounds the walk, so that an index serves it.
  return prune(
    outbox,
    sql`id < coalesce((select id from outbox where created_at >= ${since} order by id limit 1), ${LAST_ID}) and sent_at < ${since}`,
  );
}

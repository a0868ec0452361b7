import { sql } from "drizzle-orm";
import { prune } from "@/drizzle/prune";
import { outbox } from "@/drizzle/schema";

/** Long enough to see in hindsight what was sent. */
const KEPT_DAYS = 7;

/** Removes events sent long ago; one that was never sent stays for ever. */
export function pruneOutbox(): Promise<number> {
  return prune(outbox, sql`sent_at < now() - make_interval(days => ${KEPT_DAYS})`);
}

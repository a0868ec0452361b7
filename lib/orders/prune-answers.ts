import { sql } from "drizzle-orm";
import { prune } from "@/drizzle/prune";
import { idempotencyKeys } from "@/drizzle/schema";

/** As long as a key is promised to replay its first answer. */
const KEPT_DAYS = 30;

/** Forgets answers that nobody may ask for again. The key stays used for ever, since the order's own id follows from it. */
export function pruneAnswers(): Promise<number> {
  return prune(idempotencyKeys, sql`created_at < now() - make_interval(days => ${KEPT_DAYS})`);
}

import { sql } from "drizzle-orm";
import { prune } from "@/drizzle/prune";
import { quotes } from "@/drizzle/schema";

/** Long past its end: who comes back the same day is still told what the price was. */
const KEPT_DAYS = 1;

/** Forgets quotes that no order used. Those that one used stay with it. */
export function pruneQuotes(): Promise<number> {
  return prune(
    quotes,
    sql`created_at < now() - make_interval(days => ${KEPT_DAYS}) and not exists (select from orders o where o.quote_id = quotes.id)`,
  );
}

import { sql } from "drizzle-orm";
import { prune } from "@/drizzle/prune";
import { catalogChanges, catalogRefreshes, catalogRefreshPages, rateSnapshots } from "@/drizzle/schema";

const KEPT_DAYS = 90;
const since = sql`now() - make_interval(days => ${KEPT_DAYS})`;

/** Forgets what reads listed and changed long ago, the reads themselves, and lists of rates that priced nothing. */
export async function pruneRefreshes(): Promise<number> {
  // First what names a read: its own row takes nothing along.
  const pages = await prune(catalogRefreshPages, sql`created_at < ${since}`);
  const changes = await prune(catalogChanges, sql`created_at < ${since}`);
  const rates = await prune(rateSnapshots, sql`status = 'refused' and created_at < ${since} and last_seen_at < ${since}`);
  return pages + changes + rates + (await prune(catalogRefreshes, sql`started_at < ${since} and status <> 'running'`));
}

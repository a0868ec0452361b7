import { sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import type { RefreshCounts } from "@/drizzle/schema";

/** What the pages of a read brought so far; null before the first. A brand or product that two pages list counts twice. */
export async function sumCounts(executor: Executor, refreshId: string): Promise<RefreshCounts | null> {
  const { rows } = await executor.execute<{ counts: RefreshCounts | null }>(sql`
    select jsonb_object_agg(name, total) as counts from (
      select c.key as name, sum(c.value::text::int) as total
      from catalog_refresh_pages p, jsonb_each(p.counts) c where p.refresh_id = ${refreshId} group by c.key) sums`);
  return rows[0]?.counts ?? null;
}

export const NO_COUNTS: RefreshCounts = {
  brands: 0,
  products: 0,
  added: 0,
  changed: 0,
  repriced: 0,
  restocked: 0,
  withdrawn: 0,
  returned: 0,
};

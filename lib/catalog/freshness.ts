import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";

/** Older than the schedule would leave them. */
const CATALOG_OLD_MINUTES = 45;
const RATES_OLD_MINUTES = 20;

/** Whether the scheduled reads were missed, as after a first start or a long stop. */
export async function whatIsOld(): Promise<{ catalog: boolean; rates: boolean }> {
  const { rows } = await db().execute<{ catalog: boolean; rates: boolean }>(sql`
    select
      not exists (select from catalog_refreshes where status in ('completed', 'running') and started_at > now() - make_interval(mins => ${CATALOG_OLD_MINUTES})) as catalog,
      not exists (select from rate_snapshots where created_at > now() - make_interval(mins => ${RATES_OLD_MINUTES})) as rates`);
  return rows[0] ?? { catalog: true, rates: true };
}

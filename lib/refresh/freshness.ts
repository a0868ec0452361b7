import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { isBeingRead } from "./abandoned";

/** Older than the schedule would leave them. */
const CATALOG_OLD_MINUTES = 45;
const RATES_OLD_MINUTES = 20;

/** Whether the scheduled reads were missed, as after a first start or a long stop, and whether products wait to be read by themselves. */
export async function whatIsOld(): Promise<{ catalog: boolean; rates: boolean; products: boolean }> {
  const { rows } = await db().execute<{ catalog: boolean; rates: boolean; products: boolean }>(sql`
    select
      not exists (select from catalog_refreshes where (status = 'completed' or ${isBeingRead()}) and started_at > now() - make_interval(mins => ${CATALOG_OLD_MINUTES})) as catalog,
      -- A list that says what the last of its kind said makes no new snapshot.
      not exists (
        select from (values ('used'), ('refused')) kinds (status), lateral (
          select last_seen_at from rate_snapshots r where r.status = kinds.status order by created_at desc limit 1) newest
        where newest.last_seen_at > now() - make_interval(mins => ${RATES_OLD_MINUTES})) as rates,
      exists (select from catalog_rereads) as products`);
  return rows[0] ?? { catalog: true, rates: true, products: false };
}

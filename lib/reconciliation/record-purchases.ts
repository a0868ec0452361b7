import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import type { ReportedPurchase } from "@/lib/bamboo";

/**
 * Compares purchases that the supplier reports with our dispatches, in one statement. Written down are those that we do not know to be
 * placed: unknown ones, and prepared ones whose POST may have been forgotten. Open ones are due for a look at once. A report read later
 * than a purchase was prepared cannot miss its dispatch, since that is committed before anything is posted.
 */
export async function recordPurchases(
  day: string,
  purchases: readonly ReportedPurchase[],
): Promise<{ unknown: number; asked: number }> {
  if (purchases.length === 0) return { unknown: 0, asked: 0 };
  const { rows } = await db().execute<{ unknown: number; asked: number }>(sql`
    with told as (
      select t.*, d.status as ours
      from jsonb_to_recordset(${JSON.stringify(purchases)}::jsonb) as t(
        "requestId" uuid, "orderNumber" text, status text, cards integer, products text, total numeric, currency text, "orderedOn" date)
      left join dispatches d on d.id = t."requestId"
    ), kept as (
      insert into reported_purchases (request_id, order_number, status, cards, products, total, currency, ordered_on, reported_day)
      select "requestId", "orderNumber", status, cards, products, total, currency, "orderedOn", ${day}::date
      from told where ours is null or ours = 'prepared'
      on conflict (request_id) do update
        set status = excluded.status, cards = excluded.cards, total = excluded.total, last_seen_at = now()
    ), asked as (
      update dispatches set next_check_at = now(), hinted_at = clock_timestamp()
      where id in (select "requestId" from told where ours in ('prepared', 'placed')) and status in ('prepared', 'placed')
      returning id
    )
    select (select count(*)::int from told where ours is null) as unknown, (select count(*)::int from asked) as asked`);
  const [counts] = rows;
  return { unknown: counts?.unknown ?? 0, asked: counts?.asked ?? 0 };
}

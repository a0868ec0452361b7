import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";

/** What is recorded, for which no page has a figure. */

export interface OpenOrder extends Record<string, unknown> {
  id: string;
  status: string;
  /** State, seconds to the next look, and how its attempts ended, of each purchase. */
  purchases: string[];
}

export async function openOrders(): Promise<OpenOrder[]> {
  const { rows } = await db().execute<OpenOrder>(sql`
    select o.id, o.status, coalesce(array_agg(concat_ws(' ', d.status, round(extract(epoch from d.next_check_at - now())), d.last_read_result,
      (select string_agg(coalesce(t.outcome::text, 'no end'), ', ' order by t.number) from attempts t where t.dispatch_id = d.id)))
      filter (where d.id is not null), '{}') as purchases
    from orders o join order_lines l on l.order_id = o.id
    left join (allocations a join dispatch_lines dl on dl.id = a.dispatch_line_id join dispatches d on d.id = dl.dispatch_id)
      on a.order_line_id = l.id
    where o.status in ('queued', 'processing', 'confirming') group by o.id`);
  return rows;
}

/** Orders in purchases that a process had in its hands when it died, at a time that all others have ended theirs by. */
export async function ordersInDeadHands(diedAt: Date): Promise<string[]> {
  const { rows } = await db().execute<{ id: string }>(sql`
    select distinct l.order_id as id from dispatches d
    join dispatch_lines dl on dl.dispatch_id = d.id join allocations a on a.dispatch_line_id = dl.id
    join order_lines l on l.id = a.order_line_id
    where d.status = 'prepared' and d.created_at <= ${diedAt.toISOString()}::timestamptz
      and not exists (select from attempts t where t.dispatch_id = d.id and t.outcome in ('placed', 'rejected', 'unknown'))`);
  return rows.map(({ id }) => id);
}

export interface Purchase extends Record<string, unknown> {
  id: string;
  status: string;
  posts: number;
  reads: number;
}

/** Purchases whose first request was not answered, since then. */
export async function doubtfulSince(sinceMs: number): Promise<Purchase[]> {
  const { rows } = await db().execute<Purchase>(sql`
    select d.id, d.status, d.reads, (select count(*)::int from attempts a where a.dispatch_id = d.id and a.outcome <> 'throttled') as posts
    from dispatches d
    where exists (select from attempts a where a.dispatch_id = d.id and a.outcome = 'unknown'
      and a.started_at > to_timestamp(${sinceMs / 1_000}::float8))`);
  return rows;
}

/** How many order lines each purchase holds that was made since then. */
export async function linesClaimedSince(since: Date): Promise<number[]> {
  const { rows } = await db().execute<{ lines: number }>(sql`
    select count(*)::int as lines from dispatches d join dispatch_lines dl on dl.dispatch_id = d.id join allocations a on a.dispatch_line_id = dl.id
    where d.created_at > ${since.toISOString()}::timestamptz group by d.id`);
  return rows.map(({ lines }) => lines);
}

import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { type Metrics, metricsSchema } from "./schemas";

const parts = metricsSchema.shape;

export async function readQueue(): Promise<Metrics["queue"]> {
  const { rows } = await db().execute<Record<string, unknown>>(sql`
    select
      count(*) filter (where status = 'queued')::int as "waiting",
      count(*) filter (where status = 'processing')::int as "processing",
      count(*) filter (where status = 'confirming')::int as "confirming",
      extract(epoch from now() - min(created_at) filter (where status = 'queued'))::float as "oldestWaitingSeconds",
      (select count(*)::int from outbox where sent_at is null) as "outboxUnsent"
    from orders where status in ('queued', 'processing', 'confirming')`);
  return parts.queue.parse(rows[0]);
}

/** Over the orders accepted in the last `windowSeconds`. */
export async function readOrders(windowSeconds: number): Promise<Metrics["orders"]> {
  const { rows } = await db().execute<Record<string, unknown>>(sql`
    with recent as (
      select id, status, extract(epoch from placed_at - created_at) as to_placed, extract(epoch from settled_at - placed_at) as to_settled
      from orders where created_at > now() - make_interval(secs => ${windowSeconds}))
    select
      count(*)::int as "accepted",
      coalesce((select json_agg(row_to_json(s)) from (select status, count(*)::int as orders from recent group by status) s), '[]') as "byStatus",
      (select count(*)::int from cards where created_at > now() - make_interval(secs => ${windowSeconds})) as "cardsDelivered",
      percentile_cont(0.5) within group (order by to_placed)::float as "acceptToPlacedP50Seconds",
      percentile_cont(0.95) within group (order by to_placed)::float as "acceptToPlacedP95Seconds",
      percentile_cont(0.5) within group (order by to_settled)::float as "placedToSettledP50Seconds",
      percentile_cont(0.95) within group (order by to_settled)::float as "placedToSettledP95Seconds"
    from recent`);
  return parts.orders.parse(rows[0]);
}

import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import type { OutboxEvent } from "@/lib/outbox";

/** Whoever was to look had this long. */
const GRACE_SECONDS = 20;
const BATCH = 200;

/**
 * What has waited past its time: lines that nobody came for, of orders that may be bought in part already, and dispatches that nobody
 * followed up. One event is enough for all lines: whoever drains the queue takes what there is.
 */
export async function findStalled(): Promise<OutboxEvent[]> {
  const { rows } = await db().execute<{ kind: "order" | "dispatch"; id: string }>(sql`
    (select 'order' as kind, order_id as id from order_lines
      where status = 'queued' and held_for is null and queued_at < now() - make_interval(secs => ${GRACE_SECONDS}) order by queued_at limit 1)
    union all
    (select 'dispatch', id from dispatches where status in ('prepared', 'placed') and next_check_at < now() - make_interval(secs => ${GRACE_SECONDS}) order by next_check_at limit ${BATCH})`);
  return rows.map(
    ({ kind, id }): OutboxEvent =>
      kind === "order"
        ? { name: "orders/queued", data: { orderId: id } }
        : { name: "dispatches/stalled", data: { dispatchId: id } },
  );
}

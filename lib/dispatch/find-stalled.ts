import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import type { OutboxEvent } from "@/lib/outbox";

/** Whoever was to look had this long. */
const GRACE_SECONDS = 20;
const BATCH = 200;

/** What has waited past its time: orders that nobody came for, dispatches that nobody followed up. */
export async function findStalled(): Promise<OutboxEvent[]> {
  const { rows } = await db().execute<{ kind: "order" | "dispatch"; id: string }>(sql`
    (select 'order' as kind, id from orders where status = 'queued' and created_at < now() - make_interval(secs => ${GRACE_SECONDS}) order by created_at limit 5)
    union all
    (select 'dispatch', id from dispatches where status in ('prepared', 'placed') and next_check_at < now() - make_interval(secs => ${GRACE_SECONDS}) order by next_check_at limit ${BATCH})`);
  return rows.map(
    ({ kind, id }): OutboxEvent =>
      kind === "order"
        ? { name: "orders/queued", data: { orderId: id } }
        : { name: "dispatches/stalled", data: { dispatchId: id } },
  );
}

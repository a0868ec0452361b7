import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import type { WaitingOrder } from "./plan-dispatch";

/** Enough to find an order whose products have room behind a run of one hot product. */
const LOOK_AHEAD = 100;

/** The head of the queue, in turn order. */
export async function loadWaiting(): Promise<WaitingOrder[]> {
  const { rows } = await db().execute<{
    id: string;
    lane: "urgent" | "normal";
    created_at_ms: string;
    product_ids: string[];
  }>(sql`
    select o.id, o.lane, extract(epoch from o.created_at) * 1000 as created_at_ms, array(select distinct l.product_id::text from order_lines l where l.order_id = o.id) as product_ids
    from orders o where o.status = 'queued'
    order by o.lane = 'normal', o.created_at, o.id limit ${LOOK_AHEAD}`);
  return rows.map((row) => ({
    id: row.id,
    lane: row.lane,
    createdAtMs: Number(row.created_at_ms),
    productIds: row.product_ids.map(Number),
  }));
}

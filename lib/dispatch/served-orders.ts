import { sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/drizzle/client";
import { orderNumber } from "@/lib/ids";
import { ORDERS_NAMED, type StuckItem } from "./stuck.schemas";

export type Served = Pick<StuckItem, "orders" | "orderCount" | "sums">;

const row = z.object({
  dispatchId: z.string(),
  orderId: z.string(),
  sequence: z.number(),
  partner: z.string(),
  currency: z.string(),
  orderCount: z.number(),
  sumMinor: z.number(),
  place: z.number(),
  placeInCurrency: z.number(),
});

/** Whom each of some dispatches buys for, oldest order first, and what they pay for it. A few rows per dispatch, however many it serves. */
export async function servedOrders(dispatchIds: readonly string[]): Promise<(dispatchId: string) => Served> {
  const rows = dispatchIds.length === 0 ? [] : await load(dispatchIds);
  return (dispatchId) => {
    const mine = rows.filter((served) => served.dispatchId === dispatchId);
    return {
      orders: mine
        .filter(({ place }) => place <= ORDERS_NAMED)
        .map(({ orderId, sequence, partner }) => ({ id: orderId, number: orderNumber(sequence), partner })),
      orderCount: mine[0]?.orderCount ?? 0,
      sums: mine
        .filter(({ placeInCurrency }) => placeInCurrency === 1)
        .map(({ sumMinor, currency }) => ({ amountMinor: sumMinor, currency })),
    };
  };
}

async function load(dispatchIds: readonly string[]) {
  const { rows } = await db().execute<Record<string, unknown>>(sql`
    with served as (
      select d.dispatch_id, l.order_id, sum(a.quantity * l.unit_price_minor) as minor
      from dispatch_lines d join allocations a on a.dispatch_line_id = d.id join order_lines l on l.id = a.order_line_id
      where d.dispatch_id = any(${sql.param([...dispatchIds])}::uuid[])
      group by d.dispatch_id, l.order_id),
    placed as (
      select s.dispatch_id as "dispatchId", o.id as "orderId", o.sequence::int, p.name as partner, o.currency,
        (count(*) over (partition by s.dispatch_id))::int as "orderCount",
        (sum(s.minor) over (partition by s.dispatch_id, o.currency))::bigint as "sumMinor",
        (row_number() over (partition by s.dispatch_id order by o.sequence))::int as place,
        (row_number() over (partition by s.dispatch_id, o.currency order by o.sequence))::int as "placeInCurrency"
      from served s join orders o on o.id = s.order_id join partners p on p.id = o.partner_id)
    select * from placed where place <= ${ORDERS_NAMED} or "placeInCurrency" = 1 order by "dispatchId", place`);
  return z.array(row).parse(rows.map(({ sumMinor, ...rest }) => ({ ...rest, sumMinor: Number(sumMinor) })));
}

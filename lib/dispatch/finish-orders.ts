import { inArray, sql } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";
import { orderLines, orders } from "@/drizzle/schema";
import { formatMoney } from "@/lib/money";
import { addToTimeline, moveOrders, type OrderState } from "@/lib/orders";
import { enqueue } from "@/lib/outbox";

/** Ends the lines whose every card is delivered or given back, and the orders whose every line has ended. */
export async function finishOrders(tx: Transaction, orderIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update order_lines set status = case when delivered = quantity then 'completed' when delivered = 0 then 'failed' else 'partially_completed' end
    where order_id in ${orderIds} and status = 'processing' and delivered * unit_price_minor + returned_minor = quantity * unit_price_minor`);
  const lines = await tx
    .select()
    .from(orderLines)
    .where(inArray(orderLines.orderId, [...orderIds]));
  const currencies = new Map(
    (
      await tx
        .select({ id: orders.id, currency: orders.currency })
        .from(orders)
        .where(inArray(orders.id, [...orderIds]))
    ).map((order) => [order.id, order.currency]),
  );
  for (const orderId of orderIds) {
    const mine = lines.filter((line) => line.orderId === orderId);
    const outcome = outcomeOf(mine);
    if (!outcome) continue;
    const [moved] = await moveOrders(tx, [orderId], outcome);
    if (!moved) continue;
    await addToTimeline(tx, [orderId], ending(outcome, mine, currencies.get(orderId) ?? ""));
    await enqueue(tx, [{ name: "orders/settled", data: { orderId } }]);
  }
}

type Line = typeof orderLines.$inferSelect;

/** Null while a line is still open. */
function outcomeOf(lines: readonly Line[]): OrderState | null {
  if (lines.some(({ status }) => status === "queued" || status === "processing")) return null;
  if (lines.every(({ status }) => status === "completed")) return "completed";
  return lines.every(({ delivered }) => delivered === 0) ? "failed" : "partially_completed";
}

function ending(outcome: OrderState, lines: readonly Line[], currency: string) {
  const sum = (of: (line: Line) => number) => lines.reduce((total, line) => total + of(line), 0);
  const [delivered, wanted, returnedMinor] = [
    sum((line) => line.delivered),
    sum((line) => line.quantity),
    sum((line) => line.returnedMinor),
  ];
  const returned = formatMoney(returnedMinor, currency);
  if (outcome === "completed")
    return { kind: "completed", title: "Delivered", detail: `${delivered} of ${wanted} cards delivered` };
  if (outcome === "failed")
    return {
      kind: "failed",
      title: "Not delivered",
      detail: `The supplier could not deliver; ${returned} returned to the wallet`,
    };
  return {
    kind: "partially_completed",
    title: "Delivered in part",
    detail: `${delivered} of ${wanted} delivered, ${returned} returned to the wallet`,
  };
}

import { and, asc, eq, inArray } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";
import { orderLines, orders } from "@/drizzle/schema";
import { formatMoney } from "@/lib/money";
import { addToTimeline, lineOutcome, moveOrders, type OrderState, orderOutcome } from "@/lib/orders";
import { enqueue } from "@/lib/outbox";

/**
 * Ends the lines whose every card is delivered or given back, and the orders whose every line has ended. The orders are locked first: of
 * two purchases that end for one order at once, the second sees the first.
 */
export async function finishOrders(tx: Transaction, orderIds: readonly string[]): Promise<void> {
  const ids = [...orderIds];
  const locked = await tx
    .select({ id: orders.id, currency: orders.currency })
    .from(orders)
    .where(inArray(orders.id, ids))
    .orderBy(asc(orders.id))
    .for("no key update");
  const lines = await tx.select().from(orderLines).where(inArray(orderLines.orderId, ids));
  for (const line of lines) {
    const status = line.status === "processing" ? lineOutcome(line) : null;
    if (!status) continue;
    await tx
      .update(orderLines)
      .set({ status })
      .where(and(eq(orderLines.id, line.id), eq(orderLines.status, "processing")));
    line.status = status;
  }
  for (const { id, currency } of locked) {
    const mine = lines.filter((line) => line.orderId === id);
    const outcome = orderOutcome(mine);
    if (!outcome) continue;
    const [moved] = await moveOrders(tx, [id], outcome);
    if (!moved) continue;
    await addToTimeline(tx, [id], ending(outcome, mine, currency));
    await enqueue(tx, [{ name: "orders/settled", data: { orderId: id } }]);
  }
}

type Line = typeof orderLines.$inferSelect;

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

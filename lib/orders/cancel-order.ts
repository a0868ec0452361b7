import { eq } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { orderLines, reportedPurchases } from "@/drizzle/schema";
import { type Ctx, requireMember } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { intervalOf } from "@/lib/estimates";
import { orderNumber } from "@/lib/ids";
import { formatMoney } from "@/lib/money";
import { enqueue } from "@/lib/outbox";
import { recallPurchases } from "@/lib/purchase-journal";
import { loadOrder } from "./load-order";
import { moveOrders } from "./move-order";
import { releaseLines } from "./release-lines";
import type { OrderAccepted } from "./schemas";
import { addToTimeline } from "./timeline";

/** Cancels an order that still waits, and gives its whole hold back. Racing the claim, one of the two wins. */
export async function cancelOrder(ctx: Ctx, orderId: string): Promise<OrderAccepted> {
  const { partnerId } = requireMember(ctx, "orders.cancel");
  return db().transaction(async (tx) => {
    const order = await loadOrder(tx, partnerId, orderId);
    const [cancelled] = await moveOrders(tx, [order.id], "cancelled");
    if (!cancelled) {
      throw new AppError(
        "order_not_cancellable",
        "The order is no longer waiting, so it cannot be cancelled. What the supplier does not deliver is returned by itself.",
      );
    }
    const lines = await tx.select().from(orderLines).where(eq(orderLines.orderId, order.id));
    if (lines.some(({ heldFor }) => heldFor !== null) || (await wasBought(tx, lines))) {
      throw new AppError(
        "order_not_cancellable",
        "This order was bought before and is being found again, so it cannot be cancelled. Ask our support.",
      );
    }
    await releaseLines(
      tx,
      lines.map((line) => ({ order, line })),
      { status: "cancelled" },
    );
    await addToTimeline(tx, [order.id], {
      kind: "cancelled",
      title: "Order cancelled",
      detail: `${formatMoney(order.totalMinor, order.currency)} returned to the wallet`,
    });
    await enqueue(tx, [{ name: "orders/settled", data: { orderId: order.id } }]);
    return {
      id: order.id,
      number: orderNumber(order.sequence),
      status: "cancelled",
      lane: order.lane,
      total: { amountMinor: order.totalMinor, currency: order.currency },
      position: null,
      estimate: intervalOf(order.estimatedFrom, order.estimatedBy),
      createdAt: order.createdAt.toISOString(),
    };
  });
}

/** After a restore only: the journal of purchases knows what this database forgot, also before anybody looked the line up. */
async function wasBought(tx: Transaction, lines: readonly { id: string }[]): Promise<boolean> {
  const [restored] = await tx.select({ requestId: reportedPurchases.requestId }).from(reportedPurchases).limit(1);
  if (!restored) return false;
  return (await recallPurchases(lines.map(({ id }) => id))).size > 0;
}

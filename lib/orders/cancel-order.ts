import { eq } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { orderLines } from "@/drizzle/schema";
import { type Ctx, requireMember } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { intervalOf } from "@/lib/estimates";
import { orderNumber } from "@/lib/ids";
import { formatMoney } from "@/lib/money";
import { enqueue } from "@/lib/outbox";
import { boughtBefore } from "./bought-before";
import { loadOrder } from "./load-order";
import { moveOrders } from "./move-order";
import { releaseLines } from "./release-lines";
import type { OrderAccepted } from "./schemas";
import { addToTimeline } from "./timeline";

/** Cancels an order that still waits, and gives back what of its hold is left. Racing the claim, one of the two wins. */
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
    const waiting = lines.filter(({ status }) => status === "queued");
    if (waiting.some(({ heldFor }) => heldFor !== null) || (await boughtBefore(tx, waiting)).size > 0) {
      throw new AppError(
        "order_not_cancellable",
        "This order was bought before and is being found again, so it cannot be cancelled. Ask our support.",
      );
    }
    await releaseLines(
      tx,
      waiting.map((line) => ({ order, line })),
      { status: "cancelled" },
    );
    const returnedMinor = waiting.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0);
    await addToTimeline(tx, [order.id], {
      kind: "cancelled",
      title: "Order cancelled",
      detail: `${formatMoney(returnedMinor, order.currency)} returned to the wallet`,
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

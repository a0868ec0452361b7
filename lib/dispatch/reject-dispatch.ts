import { and, eq, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { allocations, dispatches, dispatchLines, orderLines, orders } from "@/drizzle/schema";
import { addToTimeline, releaseLines } from "@/lib/orders";
import { enqueue } from "@/lib/outbox";
import { endDoubt } from "./escalate";
import { finishOrders } from "./finish-orders";
import { halvesOf } from "./halves";
import { loadLines } from "./load-lines";
import { type Share, writeDispatch } from "./write-dispatch";

const SENTENCES: Record<string, string> = {
  ProductIsOutOfStock: "The supplier has run out of this product.",
  InvalidDenomination: "The supplier no longer offers this face value.",
  InvalidProduct: "The supplier no longer offers this product.",
  InvalidProductIds: "The supplier no longer offers this product.",
};

/**
 * A definite no to the whole request. With one line it is that line's end. With several the supplier does not say which is at fault, so
 * they travel on in halves, each a purchase of its own, until the one at fault is alone.
 */
export async function rejectDispatch(dispatchId: string, reason: string): Promise<void> {
  await db().transaction(async (tx) => {
    const [won] = await tx
      .update(dispatches)
      .set({ status: "rejected", rejection: reason, settledAt: sql`now()`, inDoubtSince: null })
      .where(and(eq(dispatches.id, dispatchId), eq(dispatches.status, "prepared")))
      .returning({ id: dispatches.id });
    if (!won) return;
    await endDoubt(tx, dispatchId);
    const lines = await loadLines(dispatchId, tx);
    const [only] = lines;
    if (only && lines.length === 1) await failLine(tx, only.id, SENTENCES[reason] ?? "The supplier refused this product.");
    else for (const half of halvesOf(await sharesOf(tx, dispatchId))) await sendOn(tx, half);
  });
}

async function failLine(tx: Transaction, dispatchLineId: string, failure: string): Promise<void> {
  const rows = await tx
    .select({ line: orderLines, order: orders })
    .from(allocations)
    .innerJoin(orderLines, eq(orderLines.id, allocations.orderLineId))
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(eq(allocations.dispatchLineId, dispatchLineId));
  await releaseLines(tx, rows, { status: "failed", dispatchLineId, failure });
  const orderIds = [...new Set(rows.map(({ order }) => order.id))];
  await addToTimeline(tx, orderIds, { kind: "line_failed", title: "Refused by the supplier", detail: failure });
  await finishOrders(tx, orderIds);
}

/** In claim order: a shortage falls on the last. */
async function sharesOf(tx: Transaction, dispatchId: string): Promise<Share[]> {
  const { productId, faceMinor, faceCurrency } = dispatchLines;
  return tx
    .select({ orderLineId: allocations.orderLineId, quantity: allocations.quantity, productId, faceMinor, faceCurrency })
    .from(allocations)
    .innerJoin(dispatchLines, eq(dispatchLines.id, allocations.dispatchLineId))
    .where(eq(dispatchLines.dispatchId, dispatchId))
    .orderBy(allocations.position, dispatchLines.id);
}

async function sendOn(tx: Transaction, shares: readonly Share[]): Promise<void> {
  const half = await writeDispatch(tx, shares);
  await enqueue(tx, [{ name: "dispatches/stalled", data: { dispatchId: half } }]);
}

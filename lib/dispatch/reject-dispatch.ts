import { and, eq, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { allocations, dispatches, type dispatchLines, orderLines, orders } from "@/drizzle/schema";
import { addToTimeline, releaseLines } from "@/lib/orders";
import { enqueue } from "@/lib/outbox";
import { endDoubt } from "./escalate";
import { finishOrders } from "./finish-orders";
import { loadLines } from "./load-lines";
import { writeDispatch } from "./write-dispatch";

const SENTENCES: Record<string, string> = {
  ProductIsOutOfStock: "The supplier has run out of this product.",
  InvalidDenomination: "The supplier no longer offers this face value.",
  InvalidProduct: "The supplier no longer offers this product.",
  InvalidProductIds: "The supplier no longer offers this product.",
};

/**
 * A definite no to the whole request. With one line it is that line's end. With several the supplier does not say which is at fault, so
 * each travels again by itself, as a purchase of its own.
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
    else for (const line of lines) await sendApart(tx, line);
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

async function sendApart(tx: Transaction, line: typeof dispatchLines.$inferSelect): Promise<void> {
  const shares = await tx.select().from(allocations).where(eq(allocations.dispatchLineId, line.id)).orderBy(allocations.position);
  const { productId, faceMinor, faceCurrency } = line;
  const apart = await writeDispatch(
    tx,
    shares.map(({ orderLineId, quantity }) => ({ orderLineId, quantity, productId, faceMinor, faceCurrency })),
  );
  await enqueue(tx, [{ name: "dispatches/stalled", data: { dispatchId: apart } }]);
}

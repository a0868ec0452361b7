import { and, eq, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { allocations, dispatches, dispatchLines, orderLines, orders } from "@/drizzle/schema";
import { addToTimeline, finishOrders, NO_LONGER_OFFERED, releaseLines } from "@/lib/orders";
import { enqueue } from "@/lib/outbox";
import { endDoubt } from "./escalate";
import { firstAndLast, halvesOf } from "./halves";
import { loadLines } from "./load-lines";
import { noteRefusal, OUT_OF_STOCK } from "./note-refusal";
import { lockOrdersOf } from "./orders-of";
import { type Share, writeDispatch } from "./write-dispatch";

const SENTENCES: Record<string, string> = {
  ProductIsOutOfStock: "The supplier has run out of this product.",
  InvalidDenomination: "The supplier no longer offers this face value.",
  InvalidProduct: NO_LONGER_OFFERED,
  InvalidProductIds: NO_LONGER_OFFERED,
};

/**
 * A definite no to the whole request. With one line it is that line's end. With several the supplier does not say which is at fault, so
 * they travel on in halves, each a purchase of its own, until the one at fault is alone. One that ran short travels on in halves of those
 * who wait for it, first come first: together they may want more than there is, while the first of them could be served.
 */
export async function rejectDispatch(dispatchId: string, reason: string): Promise<void> {
  await db().transaction(async (tx) => {
    const [won] = await tx
      .update(dispatches)
      .set({ status: "rejected", rejection: reason, settledAt: sql`now()`, inDoubtSince: null })
      .where(and(eq(dispatches.id, dispatchId), eq(dispatches.status, "prepared")))
      .returning({ id: dispatches.id });
    if (!won) return;
    const shares = await sharesOf(tx, dispatchId);
    const parts = halvesOf(shares);
    if (parts.length === 0 && reason === OUT_OF_STOCK && (await mayHalveAgain(tx, shares))) parts.push(...firstAndLast(shares));
    const [only] = parts.length === 0 ? await loadLines(dispatchId, tx) : [];
    if (only) await noteRefusal(tx, only.productId, reason);
    // Orders before wallets, as a settlement of another part of the same order does.
    await lockOrdersOf(tx, dispatchId);
    await endDoubt(tx, dispatchId);
    for (const part of parts) await sendOn(tx, part);
    if (only) await failLine(tx, only.id, SENTENCES[reason] ?? "The supplier refused this product.");
  });
}

/** An eighth of those who wait is precise enough: each halving takes places of the product's six a minute from others. */
const MAX_SHORTAGE_HALVINGS = 3;

async function mayHalveAgain(tx: Transaction, shares: readonly Share[]): Promise<boolean> {
  const [first] = shares;
  if (!first || shares.length < 2) return false;
  const { rows } = await tx.execute<{ halvings: number }>(sql`
    select count(*)::int as halvings from allocations a join dispatch_lines l on l.id = a.dispatch_line_id join dispatches d on d.id = l.dispatch_id
    where a.order_line_id = ${first.orderLineId} and d.rejection = ${OUT_OF_STOCK}
      and (select count(*) from dispatch_lines other where other.dispatch_id = d.id) = 1`);
  return (rows[0]?.halvings ?? 0) <= MAX_SHORTAGE_HALVINGS;
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

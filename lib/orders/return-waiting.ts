import { and, asc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";
import { orderLines, orders, products } from "@/drizzle/schema";
import { log } from "@/lib/log";
import { recallPurchases } from "@/lib/purchase-journal";
import { finishOrders } from "./finish-orders";
import { moveOrders } from "./move-order";
import { releaseLines } from "./release-lines";
import { addToTimeline } from "./timeline";

/** What buyers read at a line whose product the supplier took out. */
export const NO_LONGER_OFFERED = "The supplier no longer offers this product.";
/** Pages of waiting lines that one call looks at, for lines that it may end. */
const MAX_PAGES = 50;
/** Lines that one call ends; a caller whose call ended so many has more to do, in another transaction. */
export const MAX_RETURNED = 1_000;

/**
 * Ends waiting lines that can no longer be bought, with the sentence `failure`, and gives their holds back; the rest of their orders goes
 * on. Only what was never part of a purchase, in the journal of purchases either, which knows what a restored database forgot; where that
 * cannot be asked, nothing ends, and the sweep comes again. Racing a claim, one of the two has the line. Answers how many ended. Whoever
 * calls it while changing products or brands does that first: rows are locked in the order catalogue, orders, wallets.
 */
export async function returnWaitingLines(
  tx: Transaction,
  where: { productIds: readonly number[] } | { brandId: string },
  failure: string,
): Promise<number> {
  const taken = await takeFromQueue(tx, await findWaiting(tx, where));
  if (taken.length === 0) return 0;
  await releaseLines(tx, taken, { status: "failed", failure });
  const orderIds = [...new Set(taken.map(({ order }) => order.id))];
  await addToTimeline(tx, orderIds, { kind: "line_failed", title: "Taken out of the queue", detail: failure });
  await beginWithoutOpenLines(tx, orderIds);
  await finishOrders(tx, orderIds, "Nothing of it could be bought");
  return taken.length;
}

const stillWaits = and(eq(orderLines.status, "queued"), isNull(orderLines.heldFor));

async function findWaiting(tx: Transaction, where: Parameters<typeof returnWaitingLines>[1]) {
  const wanted =
    "productIds" in where
      ? sql`${orderLines.productId} = any (${sql.param([...where.productIds])}::bigint[])`
      : inArray(orderLines.productId, tx.select({ id: products.id }).from(products).where(eq(products.brandId, where.brandId)));
  const free: { id: string; orderId: string }[] = [];
  let after: string | null = null;
  for (let page = 0; page < MAX_PAGES && free.length < MAX_RETURNED; page++) {
    const found: typeof free = await tx
      .select({ id: orderLines.id, orderId: orderLines.orderId })
      .from(orderLines)
      .where(and(stillWaits, wanted, after === null ? undefined : gt(orderLines.id, after)))
      .orderBy(asc(orderLines.id))
      .limit(MAX_RETURNED);
    const bought = await recall(found);
    if (!bought) return [];
    free.push(...found.filter(({ id }) => !bought.has(id)));
    after = found.at(-1)?.id ?? null;
    if (found.length < MAX_RETURNED) break;
  }
  return free.slice(0, MAX_RETURNED);
}

async function recall(lines: readonly { id: string }[]): Promise<Map<string, string> | null> {
  try {
    return await recallPurchases(lines.map(({ id }) => id));
  } catch (err) {
    log.warn("The journal of purchases does not answer; lines that wait are given back later", {
      err: err instanceof Error ? err : new Error(String(err)),
    });
    return null;
  }
}

/** Orders are locked first, by id, as whoever else locks several does; what was claimed or cancelled meanwhile is not taken. */
async function takeFromQueue(tx: Transaction, found: readonly { id: string; orderId: string }[]) {
  if (found.length === 0) return [];
  const open = await tx
    .select({ id: orders.id, partnerId: orders.partnerId, currency: orders.currency })
    .from(orders)
    .where(inArray(orders.id, [...new Set(found.map(({ orderId }) => orderId))]))
    .orderBy(asc(orders.id))
    .for("no key update");
  const lines = await tx
    .update(orderLines)
    .set({ status: "processing" })
    .where(
      and(
        stillWaits,
        inArray(
          orderLines.id,
          found.map(({ id }) => id),
        ),
      ),
    )
    .returning({
      id: orderLines.id,
      orderId: orderLines.orderId,
      quantity: orderLines.quantity,
      unitPriceMinor: orderLines.unitPriceMinor,
    });
  const orderOf = new Map(open.map((order) => [order.id, order]));
  return lines.flatMap((line) => {
    const order = orderOf.get(line.orderId);
    return order ? [{ order, line }] : [];
  });
}

/** An order of which other lines wait stays in the queue, where it can be cancelled; one without any leaves it, to be ended. */
async function beginWithoutOpenLines(tx: Transaction, orderIds: readonly string[]): Promise<void> {
  const open = await tx
    .selectDistinct({ orderId: orderLines.orderId })
    .from(orderLines)
    .where(and(inArray(orderLines.orderId, [...orderIds]), inArray(orderLines.status, ["queued", "processing"])));
  const waiting = new Set(open.map(({ orderId }) => orderId));
  await moveOrders(
    tx,
    orderIds.filter((id) => !waiting.has(id)),
    "processing",
  );
}

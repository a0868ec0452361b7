import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { allocations, dispatches, dispatchLines, orderLines, orders } from "@/drizzle/schema";
import { raiseAlert } from "@/lib/alerts";
import type { BoughtCard, SupplierOrder } from "@/lib/bamboo";
import { storeCards } from "@/lib/cards";
import { fraction, toMinor } from "@/lib/money";
import { type NewTransfer, ownAccounts, postTransfers, walletAccounts } from "@/lib/wallet";
import type { Delivery } from "./allocate-cards";
import { ANSWER_CONTRADICTS, endDoubt } from "./escalate";
import { finishOrders } from "./finish-orders";
import { judgeAnswer, moneyOf } from "./judge-answer";

/**
 * One transaction for all that a final answer means: sealed cards, captures, releases of the definitely missing, lines, orders,
 * timeline, events. Whoever comes second finds the dispatch settled and changes nothing.
 */
export async function settleDispatch(dispatchId: string, answer: SupplierOrder): Promise<void> {
  await db().transaction(async (tx) => {
    const rows = await loadAllocations(tx, dispatchId);
    const verdict = judgeAnswer(linesOf(rows), answer);
    if (verdict.kind === "contradicts") return doubt(tx, dispatchId, verdict.leftOver);
    const { deliveries, leftOver } = verdict;
    const [won] = await tx
      .update(dispatches)
      .set({
        status: "settled",
        settledAt: sql`now()`,
        inDoubtSince: null,
        supplierStatus: answer.status,
        supplierTotal: answer.total,
        supplierCurrency: answer.currency,
      })
      .where(and(eq(dispatches.id, dispatchId), inArray(dispatches.status, ["prepared", "placed"])))
      .returning({ id: dispatches.id });
    if (!won) return;
    await endDoubt(tx, dispatchId);
    if (leftOver.length > 0)
      await raise(tx, dispatchId, "cards.unordered", "The supplier delivered cards that nobody ordered", idsOf(leftOver));
    const movements: NewTransfer[] = [];
    for (const delivery of deliveries) {
      const row = rows.find(
        (candidate) => candidate.orderLineId === delivery.orderLineId && candidate.dispatchLineId === delivery.dispatchLineId,
      );
      if (row) movements.push(...(await deliver(tx, dispatchId, row, delivery)));
    }
    // Releases lock a wallet's two rows in order; captures then need only rows that are held or ours.
    await postTransfers(tx, [...movements, ...(await supplierCost(tx, dispatchId, answer))]);
    await finishOrders(tx, [...new Set(rows.map(({ orderId }) => orderId))]);
  });
}

/** Nothing is delivered and nothing given back on such an answer: it is asked about again, and people are told. */
async function doubt(tx: Transaction, dispatchId: string, leftOver: readonly BoughtCard[]): Promise<void> {
  const [open] = await tx
    .update(dispatches)
    .set({ inDoubtSince: sql`coalesce(${dispatches.inDoubtSince}, now())` })
    .where(and(eq(dispatches.id, dispatchId), inArray(dispatches.status, ["prepared", "placed"])))
    .returning({ id: dispatches.id });
  if (open) await raise(tx, dispatchId, ANSWER_CONTRADICTS, "The supplier's answer contradicts itself", idsOf(leftOver));
}

type Row = Awaited<ReturnType<typeof loadAllocations>>[number];

async function loadAllocations(tx: Transaction, dispatchId: string) {
  return tx
    .select({
      dispatchLineId: dispatchLines.id,
      productId: dispatchLines.productId,
      faceMinor: dispatchLines.faceMinor,
      faceCurrency: dispatchLines.faceCurrency,
      position: allocations.position,
      quantity: allocations.quantity,
      orderLineId: orderLines.id,
      unitPriceMinor: orderLines.unitPriceMinor,
      orderId: orders.id,
      partnerId: orders.partnerId,
      currency: orders.currency,
    })
    .from(allocations)
    .innerJoin(dispatchLines, eq(dispatchLines.id, allocations.dispatchLineId))
    .innerJoin(orderLines, eq(orderLines.id, allocations.orderLineId))
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(eq(dispatchLines.dispatchId, dispatchId))
    .orderBy(asc(dispatchLines.id), asc(allocations.position));
}

function linesOf(rows: readonly Row[]) {
  const ids = [...new Set(rows.map(({ dispatchLineId }) => dispatchLineId))];
  return ids.flatMap((id) => {
    const mine = rows.filter(({ dispatchLineId }) => dispatchLineId === id);
    const [first] = mine;
    return first
      ? [{ id, productId: first.productId, faceMinor: first.faceMinor, faceCurrency: first.faceCurrency, allocations: mine }]
      : [];
  });
}

/** Stores one order line's cards and answers what moves: as many captured as were stored, the rest released. */
async function deliver(
  tx: Transaction,
  dispatchId: string,
  row: Row,
  { quantity, cards }: Delivery<BoughtCard>,
): Promise<NewTransfer[]> {
  const { stored, duplicates } = await storeCards(tx, row, cards);
  if (duplicates.length > 0)
    await raise(tx, dispatchId, "cards.duplicate", "The supplier delivered a card or a code a second time; it was not sold", {
      bambooCardIds: duplicates,
      orderLineId: row.orderLineId,
    });
  const delivered = stored.length;
  const { capturedMinor, returnedMinor } = moneyOf({ quantity, delivered, unitPriceMinor: row.unitPriceMinor });
  await tx
    .update(orderLines)
    .set({
      delivered: sql`${orderLines.delivered} + ${delivered}`,
      returnedMinor: sql`${orderLines.returnedMinor} + ${returnedMinor}`,
      failure: delivered < quantity ? "The supplier could not deliver all cards." : null,
    })
    .where(eq(orderLines.id, row.orderLineId));
  const wallet = await walletAccounts(tx, row.partnerId, row.currency);
  const { sales } = await ownAccounts(tx, ["sales"], row.currency);
  const common = {
    currency: row.currency,
    orderLineId: row.orderLineId,
    dispatchLineId: row.dispatchLineId,
    debitAccountId: wallet.held,
  };
  return [
    { ...common, kind: "capture", creditAccountId: sales, amountMinor: capturedMinor },
    { ...common, kind: "release", creditAccountId: wallet.available, amountMinor: returnedMinor },
  ];
}

/** What Bamboo charged, rounded once to the ledger's minor units; the exact figure stays on the dispatch. */
async function supplierCost(tx: Transaction, dispatchId: string, { total, currency }: SupplierOrder): Promise<NewTransfer[]> {
  if (!total || !currency) return [];
  const ours = await ownAccounts(tx, ["supplier_balance", "supplier_cost"], currency);
  const amountMinor = toMinor(fraction(total), currency);
  return [
    {
      kind: "supplier_cost",
      debitAccountId: ours.supplier_balance,
      creditAccountId: ours.supplier_cost,
      amountMinor,
      currency,
      dispatchId,
    },
  ];
}

const idsOf = (cards: readonly BoughtCard[]) => ({ bambooCardIds: cards.map(({ bambooCardId }) => bambooCardId) });

function raise(tx: Transaction, dispatchId: string, kind: string, title: string, detail: Record<string, unknown>) {
  return raiseAlert(tx, { kind, severity: "critical", subject: `dispatch:${dispatchId}`, title, detail });
}

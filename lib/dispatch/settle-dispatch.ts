import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { allocations, dispatches, dispatchLines, orderLines, orders } from "@/drizzle/schema";
import { raiseAlert } from "@/lib/alerts";
import type { BoughtCard, SupplierOrder } from "@/lib/bamboo";
import { storeCards } from "@/lib/cards";
import { wishReread } from "@/lib/catalog";
import { invariant } from "@/lib/errors";
import { fraction, toMinor } from "@/lib/money";
import { finishOrders } from "@/lib/orders";
import { type NewTransfer, ownAccounts, postTransfers, walletsAccounts } from "@/lib/wallet";
import type { Delivery } from "./allocate-cards";
import { ANSWER_CONTRADICTS, endDoubt } from "./escalate";
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
    // What did not come may be sold out. Asked for before orders are locked, as whoever reads it again locks them last.
    const short = rows.filter((row) => (deliveries.find(isFor(row))?.cards.length ?? 0) < row.quantity);
    await wishReread(
      tx,
      short.map(({ productId }) => productId),
      "refused",
    );
    const movements = await deliver(tx, dispatchId, rows, deliveries);
    await finishOrders(tx, [...new Set(rows.map(({ orderId }) => orderId))]);
    // Last: our own accounts are everybody's, and held until the end.
    await postTransfers(tx, [...movements, ...(await supplierCost(tx, dispatchId, answer))]);
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

/** Stores everybody's cards, and answers what moves: as many captured as were stored, the rest released. */
async function deliver(
  tx: Transaction,
  dispatchId: string,
  rows: readonly Row[],
  deliveries: readonly Delivery<BoughtCard>[],
): Promise<NewTransfer[]> {
  const shares = rows.map((row) => ({ row, cards: deliveries.find(isFor(row))?.cards ?? [] }));
  const results = await storeCards(
    tx,
    shares.map(({ row, cards }) => ({ place: placeOf(row), bought: cards })),
  );
  const duplicates = results.flatMap((result) => result.duplicates);
  if (duplicates.length > 0)
    await raise(tx, dispatchId, "cards.duplicate", "The supplier delivered a card or a code a second time; it was not sold", {
      bambooCardIds: duplicates,
    });
  const shared = shares.map(({ row }, index) => {
    const delivered = results[index]?.stored.length ?? 0;
    return { row, delivered, ...moneyOf({ quantity: row.quantity, delivered, unitPriceMinor: row.unitPriceMinor }) };
  });
  await noteDelivered(tx, shared);
  const walletOf = await walletsAccounts(tx, rows);
  const sales = await salesAccounts(tx, rows);
  return shared.flatMap(({ row, capturedMinor, returnedMinor }): NewTransfer[] => {
    const { orderLineId, dispatchLineId, currency } = row;
    const wallet = walletOf(row.partnerId, currency);
    const common = { currency, orderLineId, dispatchLineId, debitAccountId: wallet.held };
    return [
      { ...common, kind: "capture", creditAccountId: sales(currency), amountMinor: capturedMinor },
      { ...common, kind: "release", creditAccountId: wallet.available, amountMinor: returnedMinor },
    ];
  });
}

async function salesAccounts(tx: Transaction, rows: readonly Row[]): Promise<(currency: string) => number> {
  const ids = new Map<string, number>();
  for (const currency of new Set(rows.map((row) => row.currency)))
    ids.set(currency, (await ownAccounts(tx, ["sales"], currency)).sales);
  return (currency) => {
    const id = ids.get(currency);
    invariant(id, `our sales account in ${currency} was opened`);
    return id;
  };
}

const isFor = (row: Row) => (delivery: Delivery<BoughtCard>) =>
  delivery.orderLineId === row.orderLineId && delivery.dispatchLineId === row.dispatchLineId;

const placeOf = ({ partnerId, orderId, orderLineId, dispatchLineId }: Row) => ({
  partnerId,
  orderId,
  orderLineId,
  dispatchLineId,
});

function failureOf(delivered: number, wanted: number): string | null {
  if (delivered === wanted) return null;
  return delivered === 0 ? "The supplier could not deliver this." : "The supplier could not deliver all cards.";
}

/** Adds to each line what came and what goes back, in one statement. */
async function noteDelivered(
  tx: Transaction,
  shared: readonly { row: Row; delivered: number; returnedMinor: number }[],
): Promise<void> {
  const told = shared.map(({ row, delivered, returnedMinor }) => ({
    id: row.orderLineId,
    delivered,
    returned: returnedMinor,
    failure: failureOf(delivered, row.quantity),
  }));
  await tx.execute(sql`
    update order_lines l set delivered = l.delivered + t.delivered, returned_minor = l.returned_minor + t.returned, failure = t.failure
    from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as t (id uuid, delivered integer, returned bigint, failure text) where l.id = t.id`);
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

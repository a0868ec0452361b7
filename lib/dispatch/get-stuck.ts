import { and, asc, desc, eq, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { allocations, attempts, dispatches, dispatchLines, orderLines, orders, partners, supplierCalls } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { notFound } from "@/lib/errors";
import { isUuid, orderNumber } from "@/lib/ids";
import { inDoubtSince } from "./in-doubt-since";
import { loadFacts } from "./load-facts";
import { servedOrders } from "./served-orders";
import { ASK_AGAIN_SECONDS, type StuckDetail } from "./stuck.schemas";
import { adviceFor, attemptWords, lastAnswer, nextStep, readWords } from "./stuck-words";

/** A read a minute for most of a day; older ones are counted only. */
const MAX_READS = 200;
const MAX_ATTEMPTS = 200;

/** The evidence of one purchase: what was sent and answered, for whom it buys, what happens next and what a person can do. */
export async function getStuck(ctx: Ctx, dispatchId: string): Promise<StuckDetail> {
  requireStaffActor(ctx, "purchases.read");
  const found = await loadDispatch(dispatchId);
  const id = found.row.id;
  const [{ facts, nowMs }, tries, reads, products, servedBy] = await Promise.all([
    loadFacts(id),
    loadAttempts(id),
    loadReads(id),
    loadProducts(id),
    servedOrders([id]),
  ]);
  const { row, since, askInSeconds } = found;
  const open = row.settledAt === null;
  const told = lastAnswer({
    status: row.status,
    attempt: facts.attempts.at(-1) ?? null,
    read: facts.lastRead,
    supplierStatus: row.supplierStatus,
  });
  const { atMs, ...next } = nextStep(facts, nowMs);
  return {
    id,
    status: row.status,
    inDoubt: since !== null,
    since: iso(since),
    createdAt: row.createdAt.toISOString(),
    placedAt: iso(row.placedAt),
    settledAt: iso(row.settledAt),
    escalatedAt: iso(row.escalatedAt),
    cards: row.cards,
    sums: servedBy(id).sums,
    supplierOrderId: row.supplierOrderId,
    supplierStatus: row.supplierStatus,
    rejection: row.rejection,
    body: row.body,
    products,
    attempts: tries,
    reads,
    readCount: row.reads,
    lastAnswer: told.words,
    lastAnswerAt: isoOfMs(told.atMs),
    next: { ...next, at: isoOfMs(atMs), nextCheckAt: row.nextCheckAt.toISOString() },
    advice: adviceFor(facts, row.supplierOrderId),
    askInSeconds: open ? askInSeconds : null,
  };
}

const iso = (time: Date | null): string | null => time?.toISOString() ?? null;
const isoOfMs = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

async function loadDispatch(dispatchId: string) {
  const [found] = isUuid(dispatchId)
    ? await db()
        .select({
          row: dispatches,
          since: inDoubtSince,
          askInSeconds: sql<number>`coalesce(greatest(0, ${ASK_AGAIN_SECONDS} - extract(epoch from now() - ${dispatches.askedAt})), 0)::float`,
        })
        .from(dispatches)
        .where(eq(dispatches.id, dispatchId))
    : [];
  if (!found) throw notFound("purchase");
  return found;
}

async function loadAttempts(dispatchId: string): Promise<StuckDetail["attempts"]> {
  const rows = await db()
    .select()
    .from(attempts)
    .where(eq(attempts.dispatchId, dispatchId))
    .orderBy(asc(attempts.number))
    .limit(MAX_ATTEMPTS);
  return rows.map(({ number, startedAt, finishedAt, outcome, httpStatus, reason }) => ({
    number,
    startedAt: startedAt.toISOString(),
    endedAt: iso(finishedAt),
    outcome,
    httpStatus,
    reason,
    words: attemptWords(outcome, reason),
  }));
}

async function loadReads(dispatchId: string): Promise<StuckDetail["reads"]> {
  const rows = await db()
    .select()
    .from(supplierCalls)
    .where(and(eq(supplierCalls.dispatchId, dispatchId), eq(supplierCalls.endpoint, "getOrder")))
    .orderBy(desc(supplierCalls.createdAt), desc(supplierCalls.id))
    .limit(MAX_READS);
  return rows.map(({ createdAt, outcome, httpStatus, durationMs }) => ({
    at: createdAt.toISOString(),
    outcome,
    httpStatus,
    durationMs,
    words: readWords(outcome),
  }));
}

/** A checkout holds 500 cards at most, and so do its allocations. */
async function loadProducts(dispatchId: string): Promise<StuckDetail["products"]> {
  const rows = await db()
    .select({
      line: dispatchLines,
      name: orderLines.productName,
      orderId: orders.id,
      sequence: orders.sequence,
      partner: partners.name,
      currency: orders.currency,
      position: allocations.position,
      quantity: allocations.quantity,
      unitPriceMinor: orderLines.unitPriceMinor,
    })
    .from(dispatchLines)
    .innerJoin(allocations, eq(allocations.dispatchLineId, dispatchLines.id))
    .innerJoin(orderLines, eq(orderLines.id, allocations.orderLineId))
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .innerJoin(partners, eq(partners.id, orders.partnerId))
    .where(eq(dispatchLines.dispatchId, dispatchId))
    .orderBy(asc(dispatchLines.id), asc(allocations.position));
  const products = new Map<string, StuckDetail["products"][number]>();
  for (const { line, name, position, orderId, sequence, partner, currency, quantity, unitPriceMinor } of rows) {
    const { productId, faceMinor, faceCurrency } = line;
    const product = products.get(line.id) ?? {
      productId,
      name,
      face: { amountMinor: faceMinor, currency: faceCurrency },
      quantity: line.quantity,
      allocations: [],
    };
    const total = { amountMinor: quantity * unitPriceMinor, currency };
    product.allocations.push({ position, orderId, number: orderNumber(sequence), partner, quantity, total });
    products.set(line.id, product);
  }
  return [...products.values()];
}

import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { alerts, attempts, dispatches } from "@/drizzle/schema";
import type { BoughtCard, SupplierOrder } from "@/lib/bamboo";
import { sleep } from "@/lib/clock";
import { advanceDispatch } from "@/lib/dispatch/advance-dispatch";
import { getOrder, placeOrder } from "@/lib/orders";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import { claimOrder } from "@/local/testing/claim-order";
import { asOwner, balances, makePartner, makeProduct, oneCard, type TestPartner } from "../factories";

/** What a card costs a test's partner. */
export const PRICE_MINOR = 950;
export const FUNDS_MINOR = 100_000;

export interface Waiting extends TestPartner {
  orderId: string;
  productId: number;
}

/** An accepted order for so many cards of one product, by a partner of its own. */
export async function waiting(quantity: number, productId?: number, partner?: TestPartner): Promise<Waiting> {
  const [owner, id] = [partner ?? (await makePartner()), await makeProduct(productId === undefined ? {} : { id: productId })];
  const { body } = await placeOrder(owner.ctx, oneCard(id, quantity), randomUUID());
  return { ...owner, productId: id, orderId: orderAcceptedSchema.parse(JSON.parse(body)).id };
}

export async function claimed(
  quantity: number,
  productId?: number,
  partner?: TestPartner,
): Promise<Waiting & { dispatchId: string }> {
  const order = await waiting(quantity, productId, partner);
  const dispatchId = await claimOrder(order.orderId);
  if (!dispatchId) throw new Error(`Order ${order.orderId} of this test was claimed by somebody else`);
  return { ...order, dispatchId };
}

/** Apart from the ids of the sandbox and of other suites. */
let nextCardId = 8_000_000_000_000;

export const card = (over: Partial<BoughtCard> = {}): BoughtCard => {
  nextCardId += 1;
  return {
    bambooCardId: nextCardId,
    code: `CODE-${nextCardId}-${randomUUID()}`,
    pin: null,
    serialNumber: null,
    expiresAt: null,
    ...over,
  };
};
export const cardsOf = (count: number): BoughtCard[] => Array.from({ length: count }, () => card());

/** A final answer about one product. */
export function answer(status: "Succeeded" | "PartialFailed" | "Failed", productId: number, cards: BoughtCard[]): SupplierOrder {
  const total = String(cards.length * 9);
  return { supplierOrderId: 1, status, total, currency: "USD", state: "final", items: [{ productId, faceValue: "10", cards }] };
}

/** What a partner sees and has. */
export async function stateOf({ ctx, partnerId, orderId }: Waiting) {
  const { status, delivered, returned, cardList, timeline } = await getOrder(ctx, orderId);
  return {
    status,
    delivered,
    cards: cardList.length,
    returnedMinor: returned.amountMinor,
    ...(await balances(partnerId)),
    story: timeline.map(({ kind }) => kind),
  };
}

export async function alertsAbout(dispatchId: string) {
  const rows = await db()
    .select()
    .from(alerts)
    .where(eq(alerts.subject, `dispatch:${dispatchId}`));
  return rows
    .map(({ kind, detail, resolvedAt }) => ({ kind, detail, open: resolvedAt === null }))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

/** Makes everything recorded of a purchase so much older, as if nobody had heard anything since. */
export async function passTime(dispatchId: string, seconds: number): Promise<void> {
  const ago = sql`make_interval(secs => ${seconds})`;
  await asOwner(async (owner) => {
    await owner
      .update(attempts)
      .set({ startedAt: sql`started_at - ${ago}`, finishedAt: sql`finished_at - ${ago}` })
      .where(eq(attempts.dispatchId, dispatchId));
    await owner
      .update(dispatches)
      .set({
        createdAt: sql`created_at - ${ago}`,
        nextCheckAt: sql`next_check_at - ${ago}`,
        lastReadAt: sql`last_read_at - ${ago}`,
        inDoubtSince: sql`in_doubt_since - ${ago}`,
        escalatedAt: sql`escalated_at - ${ago}`,
        hintedAt: sql`hinted_at - ${ago}`,
      })
      .where(eq(dispatches.id, dispatchId));
  });
}

const MAX_TURNS = 20;
const SLOT_WAIT_MS = 1_500;
const PAUSE_MS = 200;

/** Drives a purchase until there is nothing to do now but wait for more than a slot. */
export async function drive(dispatchId: string): Promise<void> {
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const advanced = await advanceDispatch(dispatchId);
    if (advanced.kind === "done" || advanced.waitMs > SLOT_WAIT_MS) return;
    await sleep(PAUSE_MS);
  }
}

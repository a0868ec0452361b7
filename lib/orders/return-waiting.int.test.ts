import { randomUUID } from "node:crypto";
import { asc, eq, inArray, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { dispatches, orderLines, orders, outbox, transfers } from "@/drizzle/schema";
import { claimOrder } from "@/local/testing/claim-order";
import { balances, makePartner, makeProduct, type TestPartner } from "@/local/testing/factories";
import { cancelOrder } from "./cancel-order";
import { getOrder } from "./get-order";
import { placeOrder } from "./place-order";
import { returnWaitingLines } from "./return-waiting";
import { orderAcceptedSchema } from "./schemas";

const FUNDS_MINOR = 100_000;
const CARD_MINOR = 950;
const FAILURE = "The supplier no longer offers this product.";
const RACES = 8;
const PARTNERS = 8;

async function place({ ctx }: TestPartner, ...productIds: number[]): Promise<string> {
  const lines = productIds.map((productId) => ({ productId, faceMinor: 1_000, quantity: 2 }));
  return orderAcceptedSchema.parse(JSON.parse((await placeOrder(ctx, { lines }, randomUUID())).body)).id;
}

const giveBack = (...productIds: number[]) => db().transaction((tx) => returnWaitingLines(tx, { productIds }, FAILURE));

/** No other suite's sweep is to come for it. */
const leaveAlone = (dispatchId: string) =>
  db().update(dispatches).set({ nextCheckAt: sql`now() + interval '1 year'` }).where(eq(dispatches.id, dispatchId));

/** Without what the supplier's breaker did meanwhile, in another suite. */
const kindsOf = ({ timeline }: { timeline: readonly { kind: string }[] }) =>
  timeline.map(({ kind }) => kind).filter((kind) => !kind.startsWith("supplier_"));

async function settledEvents(orderId: string): Promise<number> {
  const sent = await db().select({ data: outbox.data }).from(outbox).where(eq(outbox.name, "orders/settled"));
  return sent.filter(({ data }) => data.orderId === orderId).length;
}

test("only the lines of that product end, with their money back; the rest keeps its place and can be cancelled", async () => {
  const partner = await makePartner({ fundsMinor: FUNDS_MINOR });
  const [gone, kept] = [await makeProduct(), await makeProduct()];
  const orderId = await place(partner, gone, kept);
  expect(await giveBack(gone)).toBe(1);
  expect(await balances(partner.partnerId)).toEqual({ available: FUNDS_MINOR - 2 * CARD_MINOR, held: 2 * CARD_MINOR });
  const order = await getOrder(partner.ctx, orderId);
  expect(order).toMatchObject({ status: "queued", cancellable: true });
  expect(order.lines.map(({ status, failure }) => ({ status, failure }))).toEqual([
    { status: "failed", failure: FAILURE },
    { status: "queued", failure: null },
  ]);
  expect(kindsOf(order)).toEqual(["accepted", "line_failed"]);
  expect(await settledEvents(orderId)).toBe(0);
  expect(await giveBack(gone)).toBe(0);

  await cancelOrder(partner.ctx, orderId);
  expect(await balances(partner.partnerId)).toEqual({ available: FUNDS_MINOR, held: 0 });
  const cancelled = await getOrder(partner.ctx, orderId);
  expect(cancelled.lines.map(({ status }) => status)).toEqual(["failed", "cancelled"]);
  expect(cancelled.timeline.at(-1)).toMatchObject({ kind: "cancelled", detail: expect.stringContaining("19.00") });
});

test("an order of which nothing is left has failed, and says so once", async () => {
  const partner = await makePartner({ fundsMinor: FUNDS_MINOR });
  const [one, two] = [await makeProduct(), await makeProduct()];
  const orderId = await place(partner, one, two);
  expect(await giveBack(one, two)).toBe(2);
  const order = await getOrder(partner.ctx, orderId);
  expect(order.status).toBe("failed");
  expect(kindsOf(order)).toEqual(["accepted", "line_failed", "failed"]);
  expect(await settledEvents(orderId)).toBe(1);
  expect(await balances(partner.partnerId)).toEqual({ available: FUNDS_MINOR, held: 0 });
});

test("what is in a purchase, or held for one, is untouched; the rest of its order goes on", async () => {
  const partner = await makePartner({ fundsMinor: FUNDS_MINOR });
  const [bought, other] = [await makeProduct(), await makeProduct()];
  const [sent, held] = [await place(partner, bought), await place(partner, bought, other)];
  const dispatchId = await claimOrder(sent);
  if (!dispatchId) throw new Error("nothing was claimed");
  await leaveAlone(dispatchId);
  const [line] = await db().select().from(orderLines).where(eq(orderLines.orderId, held)).orderBy(asc(orderLines.position));
  if (!line) throw new Error("the order has no line");
  await db().update(orderLines).set({ heldFor: randomUUID() }).where(eq(orderLines.id, line.id));
  expect(await giveBack(bought, other)).toBe(1);
  expect(await balances(partner.partnerId)).toEqual({ available: FUNDS_MINOR - 4 * CARD_MINOR, held: 4 * CARD_MINOR });
  expect((await getOrder(partner.ctx, sent)).lines.map(({ status }) => status)).toEqual(["processing"]);
  expect((await getOrder(partner.ctx, held)).lines.map(({ status }) => status)).toEqual(["queued", "failed"]);
  await db().update(orderLines).set({ heldFor: null }).where(eq(orderLines.id, line.id));
  expect(await giveBack(bought)).toBe(1);
});

test("racing the claim, one of the two has each line, and the money tells the same", async () => {
  const productId = await makeProduct();
  for (let race = 0; race < RACES; race++) {
    const partner = await makePartner({ fundsMinor: FUNDS_MINOR });
    const orderIds = await Promise.all([place(partner, productId), place(partner, productId), place(partner, productId)]);
    const rows = await db().select().from(orderLines).where(inArray(orderLines.orderId, orderIds));
    const [returned, dispatchId] = await Promise.all([giveBack(productId), claimOrder(...orderIds)]);
    if (dispatchId) await leaveAlone(dispatchId);
    const ended = await db().select().from(orderLines).where(inArray(orderLines.orderId, orderIds));
    const of = (status: string) => ended.filter((row) => row.status === status);
    // The claim passes over an order that is being changed, so some may be left for the next.
    expect([of("failed").length, of("failed").length + of("processing").length + of("queued").length]).toEqual([returned, 3]);
    const heldMinor = (3 - returned) * 2 * CARD_MINOR;
    expect(await balances(partner.partnerId)).toEqual({ available: FUNDS_MINOR - heldMinor, held: heldMinor });
    const releases = await db()
      .select({ id: transfers.orderLineId })
      .from(transfers)
      .where(
        sql`${transfers.kind} = 'release' and ${inArray(
          transfers.orderLineId,
          rows.map(({ id }) => id),
        )}`,
      );
    expect(releases.map(({ id }) => id).sort()).toEqual(
      of("failed")
        .map(({ id }) => id)
        .sort(),
    );
  }
});

test("many partners' lines of several products are given back at once by several callers, without a circle of waits", async () => {
  const productIds = await Promise.all(Array.from({ length: 4 }, () => makeProduct()));
  const partners = await Promise.all(Array.from({ length: PARTNERS }, () => makePartner({ fundsMinor: FUNDS_MINOR })));
  const orderIds = await Promise.all(
    partners.flatMap((partner) => [place(partner, ...productIds), place(partner, ...productIds)]),
  );
  const returned = await Promise.all([...productIds, ...productIds].map((productId) => giveBack(productId)));
  expect(returned.reduce((sum, count) => sum + count, 0)).toBe(orderIds.length * productIds.length);
  const ended = await db().select({ status: orders.status }).from(orders).where(inArray(orders.id, orderIds));
  expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(["failed"]));
  for (const { partnerId } of partners) expect(await balances(partnerId)).toEqual({ available: FUNDS_MINOR, held: 0 });
  for (const orderId of orderIds) expect(await settledEvents(orderId)).toBe(1);
});

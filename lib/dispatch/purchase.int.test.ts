import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { catalogChanges, catalogRereads, products } from "@/drizzle/schema";
import { revealCard } from "@/lib/cards";
import { sleep } from "@/lib/clock";
import { getOrder, placeOrder } from "@/lib/orders";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import { magicProducts } from "@/local/bamboo/magic";
import { claimOrder } from "@/local/testing/claim-order";
import { balances, makePartner, makeProduct, oneCard, sandbox, type TestPartner } from "@/local/testing/factories";
import { advanceDispatch } from "./advance-dispatch";
import { hintDispatch } from "./hint-dispatch";
import { settleDispatch } from "./settle-dispatch";

const MAX_TURNS = 40;

async function order({ ctx }: TestPartner, productId: number, quantity: number): Promise<string> {
  await makeProduct({ id: productId });
  return orderAcceptedSchema.parse(JSON.parse((await placeOrder(ctx, oneCard(productId, quantity), randomUUID())).body)).id;
}

async function dispatchesOf(orderId: string): Promise<string[]> {
  const { rows } = await db().execute<{ id: string }>(sql`
    select distinct d.dispatch_id as id from dispatch_lines d join allocations a on a.dispatch_line_id = d.id join order_lines l on l.id = a.order_line_id where l.order_id = ${orderId}`);
  return rows.map(({ id }) => id);
}

/** What the durable functions do for this order alone (other suites have theirs in the same queue), without waiting longer than a test should. */
async function buy(partner: TestPartner, orderId: string): Promise<void> {
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const { status, settledAt } = await getOrder(partner.ctx, orderId);
    if (settledAt) return;
    if (status === "queued") await claimOrder(orderId);
    for (const id of await dispatchesOf(orderId)) {
      await hintDispatch(id);
      await advanceDispatch(id);
    }
    await sleep(300);
  }
  throw new Error(`Order ${orderId} did not end`);
}

test("a delivered order is charged once, its cards open once each, and the sandbox sold as many", async () => {
  const partner = await makePartner();
  const orderId = await order(partner, magicProducts.instant.id, 3);
  await buy(partner, orderId);
  const done = await getOrder(partner.ctx, orderId);
  expect(done).toMatchObject({ status: "completed", delivered: 3 });
  expect(await balances(partner.partnerId)).toEqual({ available: 100_000 - 2_850, held: 0 });
  const reveals = await Promise.all(done.cardList.map(({ id }) => revealCard(partner.ctx, id)));
  expect(new Set(reveals.map(({ code }) => code)).size).toBe(3);
  for (const [index, { code }] of reveals.entries()) expect(code.endsWith(done.cardList[index]?.lastFour ?? "none")).toBe(true);
  const again = await getOrder(partner.ctx, orderId);
  expect(again.cardList.every(({ revealedAt }) => revealedAt !== null)).toBe(true);
  const other = await makePartner();
  await expect(revealCard(other.ctx, done.cardList[0]?.id ?? "")).rejects.toMatchObject({ code: "not_found" });
});

test("no code is readable in the database", async () => {
  const partner = await makePartner();
  const orderId = await order(partner, magicProducts.instant.id, 1);
  await buy(partner, orderId);
  const [card] = (await getOrder(partner.ctx, orderId)).cardList;
  const { code } = await revealCard(partner.ctx, card?.id ?? "");
  const { rows } = await db().execute<{ found: number }>(sql`
    select (select count(*) from cards where position(${code}::bytea in sealed) > 0)::int
      + (select count(*) from order_events where detail like ${`%${code}%`})::int
      + (select count(*) from dispatches where body like ${`%${code}%`})::int
      + (select count(*) from outbox where data::text like ${`%${code}%`})::int as found`);
  expect(rows[0]?.found).toBe(0);
});

test("what is not delivered comes back exactly", async () => {
  const partner = await makePartner();
  const orderId = await order(partner, magicProducts.partialFailure.id, 5);
  await buy(partner, orderId);
  const done = await getOrder(partner.ctx, orderId);
  expect(done).toMatchObject({ status: "partially_completed", delivered: 3, returned: { amountMinor: 1_900 } });
  expect(await balances(partner.partnerId)).toEqual({ available: 100_000 - 2_850, held: 0 });
});

test("a refusal that is the line's fault ends the order and returns everything", async () => {
  const partner = await makePartner();
  const orderId = await order(partner, magicProducts.soldOutAtCheckout.id, 2);
  await buy(partner, orderId);
  expect(await getOrder(partner.ctx, orderId)).toMatchObject({ status: "failed", delivered: 0 });
  expect(await balances(partner.partnerId)).toEqual({ available: 100_000, held: 0 });
  expect(await known(magicProducts.soldOutAtCheckout.id)).toEqual({
    stock: 0,
    inactive: null,
    wished: "refused",
    changes: ["stock"],
  });
});

test("a product that the supplier no longer knows fails alone, with its money back, and nobody orders it until it was read again", async () => {
  const partner = await makePartner();
  const [kept, gone] = [await makeProduct({ id: magicProducts.instant.id }), await makeProduct()];
  const lines = [kept, gone].map((productId) => ({ productId, faceMinor: 1_000, quantity: 2 }));
  const place = () => placeOrder(partner.ctx, { lines }, randomUUID());
  const orderId = orderAcceptedSchema.parse(JSON.parse((await place()).body)).id;
  await buy(partner, orderId);
  const done = await getOrder(partner.ctx, orderId);
  expect(done).toMatchObject({ status: "partially_completed", delivered: 2, returned: { amountMinor: 1_900 } });
  expect(done.lines.map(({ status, delivered, failure }) => ({ status, delivered, failure }))).toEqual([
    { status: "completed", delivered: 2, failure: null },
    { status: "failed", delivered: 0, failure: "The supplier no longer offers this product." },
  ]);
  expect(await balances(partner.partnerId)).toEqual({ available: 100_000 - 1_900, held: 0 });
  expect(await known(gone)).toEqual({ stock: null, inactive: "refused", wished: "refused", changes: ["inactive"] });
  expect(await known(kept)).toMatchObject({ inactive: null });
  await expect(place()).rejects.toMatchObject({ code: "not_orderable" });
});

/** What our catalogue knows of a product, and what was noted of it. */
async function known(productId: number) {
  const [product] = await db().select().from(products).where(eq(products.id, productId));
  const [wish] = await db().select().from(catalogRereads).where(eq(catalogRereads.productId, productId));
  const changes = await db()
    .select({ kind: catalogChanges.kind })
    .from(catalogChanges)
    .where(eq(catalogChanges.productId, productId));
  return {
    stock: product?.stock,
    inactive: product?.inactiveBecause,
    wished: wish?.because,
    changes: changes.map(({ kind }) => kind),
  };
}

test("an answer lost after the supplier acted is bought once", async () => {
  const partner = await makePartner();
  const orderId = await order(partner, magicProducts.acceptsThenCuts.id, 2);
  await buy(partner, orderId);
  const done = await getOrder(partner.ctx, orderId);
  expect(done.status).toBe("completed");
  expect(done.timeline.map(({ kind }) => kind)).toContain("confirming");
  const mine = (await sandbox().orders()).filter(({ items }) =>
    items.some(({ productId }) => productId === magicProducts.acceptsThenCuts.id),
  );
  expect(mine.map(({ sold }) => sold)).toEqual([2]);
});

test("one order is claimed by one claimant, and settling it again changes nothing", async () => {
  const partner = await makePartner();
  const orderId = await order(partner, magicProducts.instant.id, 1);
  const claims = await Promise.all(Array.from({ length: 6 }, () => claimOrder(orderId)));
  expect(claims.filter(Boolean)).toHaveLength(1);
  await buy(partner, orderId);
  const before = await balances(partner.partnerId);
  for (const id of await dispatchesOf(orderId)) {
    await settleDispatch(id, { supplierOrderId: 1, status: "Failed", total: "0", currency: "USD", state: "final", items: [] });
  }
  expect(await balances(partner.partnerId)).toEqual(before);
  expect((await getOrder(partner.ctx, orderId)).status).toBe("completed");
});

test("what a dispatch posts never changes", async () => {
  const partner = await makePartner();
  const orderId = await order(partner, magicProducts.instant.id, 1);
  const dispatchId = await claimOrder(orderId);
  await expect(db().execute(sql`update dispatches set body = 'other' where id = ${dispatchId}`)).rejects.toMatchObject({
    cause: { message: /never change/ },
  });
  await buy(partner, orderId);
});

test("the sandbox saw no limit broken", async () => {
  expect(await sandbox().violations()).toEqual([]);
});

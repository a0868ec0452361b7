import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { brands, orders, priceRules, products } from "@/drizzle/schema";
import { newId } from "@/lib/ids";
import { balances, makePartner, makeProduct, oneCard, type TestPartner } from "@/local/testing/factories";
import { acceptanceFacts } from "./acceptance-facts";
import { getOrder } from "./get-order";
import { placeOrder } from "./place-order";
import { orderAcceptedSchema, type PlaceOrderInput } from "./schemas";

/** What an order is decided on, before something else happens. */
async function look({ partnerId }: TestPartner, input: PlaceOrderInput): Promise<unknown> {
  const { rows } = await db().execute<{ facts: unknown }>(
    sql`select ${acceptanceFacts(input, randomUUID(), sql`${partnerId}::uuid`)} as facts`,
  );
  return rows[0]?.facts;
}

/** A product of a brand of its own, which can be switched off without a word to the others. */
async function makeOwnBrand(): Promise<{ productId: number; brandId: string }> {
  const [productId, brandId] = [await makeProduct(), randomUUID()];
  await db()
    .insert(brands)
    .values({ id: brandId, name: "Own", currency: "USD", logoUrl: "https://logos.example/own.png", changedAt: new Date() });
  await db().update(products).set({ brandId }).where(eq(products.id, productId));
  return { productId, brandId };
}

test("what is withdrawn or switched off between the reading and the writing is not ordered", async () => {
  const partner = await makePartner();
  const [gone, off] = [await makeOwnBrand(), await makeOwnBrand()];
  const takings = [
    [gone.productId, () => db().update(products).set({ withdrawnAt: new Date() }).where(eq(products.id, gone.productId))],
    [off.productId, () => switchOff(partner, off.brandId)],
  ] as const;
  for (const [productId, take] of takings) {
    const facts = await look(partner, oneCard(productId));
    await take();
    await expect(placeOrder(partner.ctx, oneCard(productId), randomUUID(), facts)).rejects.toMatchObject({
      code: "not_orderable",
      message: expect.stringContaining("changed a moment ago"),
    });
    await expect(placeOrder(partner.ctx, oneCard(productId), randomUUID())).rejects.toMatchObject({ code: "not_orderable" });
  }
  expect(await db().select().from(orders).where(eq(orders.partnerId, partner.partnerId))).toEqual([]);
  expect(await balances(partner.partnerId)).toEqual({ available: 100_000, held: 0 });
});

async function switchOff({ ctx: { actor } }: TestPartner, brandId: string): Promise<void> {
  if (actor.kind === "system") throw new Error("A person switches brands off");
  await db()
    .update(brands)
    .set({ switchedOffAt: new Date(), switchedOffBy: actor.userId, switchedOffBecause: "test" })
    .where(eq(brands.id, brandId));
}

test("a price that moved between the look and the order is told with both amounts, and each line's", async () => {
  const partner = await makePartner();
  const { ctx, partnerId } = partner;
  const [first, second] = [await makeProduct(), await makeProduct()];
  const input = { lines: [...oneCard(first, 2).lines, ...oneCard(second).lines], maxTotalMinor: 2_850 };
  const facts = await look(partner, input);
  await db()
    .insert(priceRules)
    .values({
      id: newId(),
      partnerId,
      name: "Fee",
      scope: "product",
      scopeId: String(second),
      kind: "discount_off_face",
      basisPoints: 500,
      fixedFeeMinor: 25,
    });
  await expect(placeOrder(ctx, input, randomUUID(), facts)).rejects.toMatchObject({
    code: "price_changed",
    message: "The price is now 28.75 USD, above your limit of 28.50 USD. Check it and order again.",
    data: {
      totalMinor: 2_875,
      maxTotalMinor: 2_850,
      currency: "USD",
      lines: [
        { productId: first, faceMinor: 1_000, quantity: 2, unitPriceMinor: 950 },
        { productId: second, faceMinor: 1_000, quantity: 1, unitPriceMinor: 975 },
      ],
    },
  });
});

test("without a limit the order is placed at the price of its moment, or not at all", async () => {
  const partner = await makePartner();
  const { ctx, partnerId } = partner;
  const [kept, other] = [await makeProduct(), await makeProduct()];
  const input = oneCard(kept);
  const moves = [
    [() => db().update(priceRules).set({ basisPoints: 200 }).where(eq(priceRules.partnerId, partnerId)), 980],
    [() => db().update(products).set({ costMin: "9.9", costMax: "9.9" }).where(eq(products.id, other)), 980],
    [() => db().update(products).set({ stock: 5 }).where(eq(products.id, kept)), 980],
    [() => db().update(products).set({ costMin: "9.9", costMax: "9.9" }).where(eq(products.id, kept)), null],
  ] as const;
  let heldMinor = 0;
  for (const [move, priceMinor] of moves) {
    const facts = await look(partner, input);
    await move();
    const placed = placeOrder(ctx, input, randomUUID(), facts);
    if (priceMinor === null) await expect(placed).rejects.toMatchObject({ code: "not_orderable" });
    else expect(JSON.parse((await placed).body)).toMatchObject({ total: { amountMinor: priceMinor } });
    heldMinor += priceMinor ?? 0;
  }
  expect(await balances(partnerId)).toEqual({ available: 100_000 - heldMinor, held: heldMinor });
});

test("stock is held against all that an order wants of a product", async () => {
  const { ctx } = await makePartner();
  const { lines } = oneCard(await makeProduct({ stock: 3 }), 2);
  const refused = await placeOrder(ctx, { lines: [...lines, ...lines] }, randomUUID()).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "not_orderable", fields: [{ path: "lines.0" }, { path: "lines.1" }] });
  expect(String(refused).match(/Only 3/g)).toHaveLength(1);
});

test("an order shows how its prices came about, and its pictures by paths of ours", async () => {
  const { ctx } = await makePartner();
  const { productId, brandId } = await makeOwnBrand();
  const { body } = await placeOrder(ctx, oneCard(productId), randomUUID());
  const { lines } = await getOrder(ctx, orderAcceptedSchema.parse(JSON.parse(body)).id);
  expect(lines).toMatchObject([
    {
      explanation: { text: "9.50 USD = 10.00 USD, less 5 %, rule: test", rule: "test", rate: null },
      logoUrl: expect.stringContaining(`/api/v1/catalog/brands/${brandId}/logo?v=`),
    },
  ]);
});

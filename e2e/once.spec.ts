import { randomUUID } from "node:crypto";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import type { ControlOrder } from "@/local/bamboo/control";
import { magicProducts } from "@/local/bamboo/magic";
import { finalOrder, postOrder, priceOf, readProduct, readWallet } from "./support/api";
import { become } from "./support/people";
import { expectStanding, openProduct, placeOrder } from "./support/screens";
import { supplier } from "./support/supplier";
import { expect, test } from "./support/test";

test("an order whose answer never came is cleared up, and bought once", async ({ page }) => {
  const product = magicProducts.acceptsThenCuts;
  await become(page, "buyer");
  const earlier = new Set((await boughtOf(product.id)).map((order) => order.requestId));
  const before = await readWallet(page.request);
  const unitMinor = priceOf(await readProduct(page.request, product));
  await page.goto("/catalogue");
  const id = await placeOrder(page, await openProduct(page, product.name), 1);

  await expectStanding(page, /^Completed · 1 of 1 delivered$/);
  expect((await finalOrder(page.request, id)).cardList).toHaveLength(1);
  const bought = (await boughtOf(product.id)).filter((order) => !earlier.has(order.requestId));
  expect(bought).toHaveLength(1);
  expect(bought[0]).toMatchObject({ wanted: 1, sold: 1, final: true });
  const charges = (await supplier().ledger()).charges.filter((charge) => charge.requestId === bought[0]?.requestId);
  expect(charges).toHaveLength(1);
  const after = await readWallet(page.request);
  expect(before.available.amountMinor - after.available.amountMinor).toBe(unitMinor);
  expect(after.held.amountMinor).toBe(0);
});

test("the same Idempotency-Key buys once, and refuses another body", async ({ page }) => {
  const product = magicProducts.instant;
  const wish = { productId: product.id, faceMinor: 1_000, quantity: 1 };
  const key = randomUUID();
  await become(page, "buyer");
  const before = await readWallet(page.request);
  const soldBefore = cardsOf(await boughtOf(product.id));

  const [first, twin] = await Promise.all([postOrder(page.request, wish, key), postOrder(page.request, wish, key)]);
  const statuses = [first.status(), twin.status()].sort();
  expect([
    [202, 202],
    [202, 409],
  ]).toContainEqual(statuses);
  const accepted = first.status() === 202 ? first : twin;
  const repeat = await postOrder(page.request, wish, key);
  expect(repeat.status()).toBe(202);
  expect(repeat.headers()["idempotent-replayed"]).toBe("true");
  expect(await repeat.text()).toBe(await accepted.text());

  const other = await postOrder(page.request, { ...wish, quantity: 2 }, key);
  expect(other.status()).toBe(422);
  expect(await other.json()).toMatchObject({ code: "idempotency_key_reused" });

  const order = await finalOrder(page.request, orderAcceptedSchema.parse(await accepted.json()).id);
  expect(order.status).toBe("completed");
  expect(cardsOf(await boughtOf(product.id)) - soldBefore).toBe(1);
  const after = await readWallet(page.request);
  expect(before.available.amountMinor - after.available.amountMinor).toBe(order.total.amountMinor);
  expect(after.held.amountMinor).toBe(0);
});

async function boughtOf(productId: number): Promise<ControlOrder[]> {
  return (await supplier().orders()).filter((order) => order.items.some((item) => item.productId === productId));
}

function cardsOf(orders: readonly ControlOrder[]): number {
  return orders.reduce((sum, order) => sum + order.sold, 0);
}

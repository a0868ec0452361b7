import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { balances, makePartner, makeProduct, oneCard } from "@/local/testing/factories";
import { cancelOrder } from "./cancel-order";
import { getOrder } from "./get-order";
import { listOrders } from "./list-orders";
import { placeOrder } from "./place-order";
import { orderAcceptedSchema } from "./schemas";

const idOf = (body: string) => orderAcceptedSchema.parse(JSON.parse(body)).id;

test("an accepted order holds its price, exactly", async () => {
  const { partnerId, ctx } = await makePartner();
  const answer = await placeOrder(ctx, oneCard(await makeProduct(), 3), randomUUID());
  expect(answer.status).toBe(202);
  expect(await balances(partnerId)).toEqual({ available: 100_000 - 2_850, held: 2_850 });
  const order = await getOrder(ctx, idOf(answer.body));
  expect(order).toMatchObject({ status: "queued", cancellable: true, cards: 3, total: { amountMinor: 2_850, currency: "USD" } });
  expect(order.timeline.map(({ kind }) => kind)).toEqual(["accepted"]);
});

test("the same key and body get the first answer, byte for byte, however many ask at once", async () => {
  const { partnerId, ctx } = await makePartner();
  const [input, key] = [oneCard(await makeProduct()), randomUUID()];
  const answers = await Promise.all(Array.from({ length: 8 }, () => placeOrder(ctx, input, key)));
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  expect(await balances(partnerId)).toEqual({ available: 100_000 - 950, held: 950 });
});

test("the same key with another body is refused", async () => {
  const { ctx } = await makePartner();
  const [productId, key] = [await makeProduct(), randomUUID()];
  await placeOrder(ctx, oneCard(productId), key);
  await expect(placeOrder(ctx, oneCard(productId, 2), key)).rejects.toMatchObject({ code: "idempotency_key_reused" });
});

test("a hundred orders at once on a wallet worth ten: ten are accepted", async () => {
  const { partnerId, ctx } = await makePartner({ fundsMinor: 9_500 });
  const productId = await makeProduct();
  const results = await Promise.allSettled(Array.from({ length: 100 }, () => placeOrder(ctx, oneCard(productId), randomUUID())));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
  for (const result of results)
    if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "insufficient_funds" });
  expect(await balances(partnerId)).toEqual({ available: 0, held: 9_500 });
  expect((await listOrders(ctx, { limit: 100 })).items).toHaveLength(10);
});

test("a price above the caller's limit, an empty shelf and a wrong face value are refused, and nothing is held", async () => {
  const { partnerId, ctx } = await makePartner();
  const productId = await makeProduct();
  await expect(placeOrder(ctx, { ...oneCard(productId), maxTotalMinor: 949 }, randomUUID())).rejects.toMatchObject({
    code: "price_changed",
    data: { totalMinor: 950 },
  });
  await expect(placeOrder(ctx, oneCard(await makeProduct({ stock: 0 })), randomUUID())).rejects.toMatchObject({
    code: "not_orderable",
  });
  await expect(placeOrder(ctx, oneCard(await makeProduct({ stock: 2 }), 3), randomUUID())).rejects.toThrow(/Only 2/);
  const wrongFace = { lines: [{ productId, faceMinor: 999, quantity: 1 }] };
  await expect(placeOrder(ctx, wrongFace, randomUUID())).rejects.toMatchObject({ fields: [{ path: "lines.0.faceMinor" }] });
  expect(await balances(partnerId)).toEqual({ available: 100_000, held: 0 });
});

test("a viewer may not order, and another partner's order is as absent as one that never was", async () => {
  const [{ ctx }, viewer, other] = await Promise.all([makePartner(), makePartner({ role: "viewer" }), makePartner()]);
  const productId = await makeProduct();
  await expect(placeOrder(viewer.ctx, oneCard(productId), randomUUID())).rejects.toMatchObject({ code: "forbidden" });
  const { body } = await placeOrder(ctx, oneCard(productId), randomUUID());
  const told = async (orderId: string) => getOrder(other.ctx, orderId).catch((error: unknown) => String(error));
  expect(await told(idOf(body))).toBe(await told(randomUUID()));
  await expect(cancelOrder(other.ctx, idOf(body))).rejects.toMatchObject({ code: "not_found" });
});

test("cancelling gives the whole hold back, once", async () => {
  const { partnerId, ctx } = await makePartner();
  const orderId = idOf((await placeOrder(ctx, oneCard(await makeProduct(), 2), randomUUID())).body);
  const results = await Promise.allSettled([cancelOrder(ctx, orderId), cancelOrder(ctx, orderId), cancelOrder(ctx, orderId)]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await balances(partnerId)).toEqual({ available: 100_000, held: 0 });
  expect(await getOrder(ctx, orderId)).toMatchObject({ status: "cancelled", returned: { amountMinor: 1_900 } });
});

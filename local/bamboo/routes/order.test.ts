import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MagicName, magicProducts } from "../magic";
import { type OrderAnswer, startTestBamboo, type TestBamboo, usd } from "../test-kit";

let bamboo: TestBamboo;
beforeEach(async () => {
  bamboo = await startTestBamboo();
  await bamboo.control.freeze();
});
afterEach(() => bamboo.sandbox.stop());

const buy = async (name: MagicName, quantity: number) =>
  (await bamboo.checkout([[magicProducts[name].id, quantity, 10]])).requestId;
const read = async (requestId: string) => (await bamboo.api<OrderAnswer>(`/v1.0/orders/${requestId}`)).body;
const later = async (ms: number, requestId: string) => {
  await bamboo.control.advance(ms);
  return read(requestId);
};
const cardStatuses = (order: OrderAnswer) => order.items.flatMap((item) => item.cards.map((card) => card.status));
const balance = async () => (await bamboo.control.ledger()).accounts.find((account) => account.id === usd);

describe("an order", () => {
  test("has the shape of the captured one", async () => {
    const requestId = await buy("instant", 2);
    const order = await read(requestId);
    expect(order).toEqual({
      orderId: expect.any(Number),
      requestId,
      items: [
        {
          brandCode: null,
          productId: 990001,
          productFaceValue: 10,
          quantity: 2,
          pictureUrl: null,
          countryCode: "US",
          currencyCode: "USD",
          cards: [expect.anything(), expect.anything()],
        },
      ],
      status: "Succeeded",
      createdDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}$/),
      total: 18,
      errorMessage: null,
      orderType: "Sandbox",
      currency: "USD",
    });
    for (const card of order.items[0]?.cards ?? []) {
      expect(card).toMatchObject({
        id: expect.any(Number),
        cardCode: expect.stringMatching(/^[0-9a-f]{32}$/),
        pin: expect.stringMatching(/^\d{3}$/),
      });
      expect(card.serialNumber).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(card.expirationDate).toMatch(/^\d{4}-/);
    }
    expect(await read(String(order.orderId))).toEqual(order);
    expect(await read(requestId.toUpperCase())).toEqual(order);
  });

  test("never gives a code twice", async () => {
    const orders = await Promise.all(
      [buy("instant", 500), buy("instant", 500), buy("anyAmount", 500)].map(async (id) => read(await id)),
    );
    const cards = orders.flatMap((order) => order.items.flatMap((item) => item.cards));
    for (const field of ["id", "cardCode", "serialNumber"] as const)
      expect(new Set(cards.map((card) => card[field])).size).toBe(1500);
  });

  test("that nobody placed is not found, as 400 or 404", async () => {
    const answer = await bamboo.api(`/v1.0/orders/${randomUUID()}`);
    expect([answer.status, answer.body]).toEqual([400, { message: "OrderNotFound" }]);
    await bamboo.control.setModes({ notFoundStatus: 404 });
    expect((await bamboo.api(`/v1.0/orders/${randomUUID()}`)).status).toBe(404);
  });
});

describe("the life of an order", () => {
  test("that is ordinary takes 300 to 1500 ms, reserves first and charges at its end", async () => {
    const requestId = await buy("acceptsThen500", 2);
    expect(await balance()).toMatchObject({ balance: 5_000_000, reserved: 18 });
    expect(await read(requestId)).toMatchObject({ status: "Created", total: 0, items: [{ cards: [] }] });
    const { finalAtMs, createdAtMs } = await bamboo.control.order(requestId);
    expect(finalAtMs - createdAtMs).toBeGreaterThanOrEqual(300);
    expect(await later(1500, requestId)).toMatchObject({ status: "Succeeded", total: 18 });
    expect(await balance()).toMatchObject({ balance: 4_999_982, reserved: 0 });
  });

  test("delivers after 10 seconds", async () => {
    const requestId = await buy("afterTenSeconds", 1);
    expect(await later(9_999, requestId)).toMatchObject({ status: "Processing", items: [{ cards: [] }] });
    expect(await later(1, requestId)).toMatchObject({ status: "Succeeded", items: [{ cards: [{ status: "Sold" }] }] });
  });

  test("partial failure: half, rounded up; one alone fails; only what is sold is charged", async () => {
    const [three, one] = [await buy("partialFailure", 3), await buy("partialFailure", 1)];
    const partial = await later(2000, three);
    expect(partial).toMatchObject({ status: "PartialFailed", total: 18, errorMessage: "1 of 3 cards could not be obtained." });
    expect(cardStatuses(partial)).toEqual(["Sold", "Sold", "Failed"]);
    expect(partial.items[0]?.cards[2]).toMatchObject({ cardCode: "", pin: null });
    expect(await read(one)).toMatchObject({ status: "Failed", total: 0 });
    expect(await balance()).toMatchObject({ balance: 4_999_982, reserved: 0 });
    await bamboo.control.setModes({ failedCards: "omitted", itemStatus: true });
    expect(cardStatuses(await read(three))).toEqual(["Sold", "Sold"]);
    expect((await read(three)).items[0]?.status).toBe("PartialFailed");
  });

  test("fails", async () => {
    expect(await later(2000, await buy("fails", 2))).toMatchObject({ status: "Failed", total: 0 });
    expect(await balance()).toMatchObject({ balance: 5_000_000, reserved: 0 });
  });

  test("is pending for two minutes", async () => {
    const requestId = await buy("pendingTwoMinutes", 1);
    expect((await later(119_000, requestId)).status).toBe("Pending");
    expect((await later(1_000, requestId)).status).toBe("Succeeded");
  });

  test("has late cards: charged at once, half of them shown 15 s later", async () => {
    const requestId = await buy("lateCards", 4);
    const early = await later(1500, requestId);
    expect([early.status, early.total, cardStatuses(early)]).toEqual(["Succeeded", 36, ["Sold", "Sold"]]);
    expect(cardStatuses(await later(15_000, requestId))).toHaveLength(4);
  });

  test("has paused cards, an unknown status, cards one by one", async () => {
    const [paused, unknown, trickle] = [await buy("pausedCards", 2), await buy("unknownStatus", 1), await buy("oneByOne", 4)];
    await bamboo.control.advance(4_000);
    expect(cardStatuses(await read(paused))).toEqual(["Paused", "Paused"]);
    expect((await read(unknown)).status).toBe("CheckingOut");
    expect(await read(trickle)).toMatchObject({ status: "Processing" });
    expect(cardStatuses(await read(trickle))).toEqual(["Sold", "Sold"]);
    await bamboo.control.advance(16_000);
    for (const requestId of [paused, unknown, trickle]) {
      const order = await read(requestId);
      expect([order.status, new Set(cardStatuses(order))]).toEqual(["Succeeded", new Set(["Sold"])]);
    }
  });

  test("with several lines is final when its last line is, and mixed outcomes make it partial", async () => {
    const { instant, afterTenSeconds, fails } = magicProducts;
    const { requestId } = await bamboo.checkout([
      [instant.id, 1, 10],
      [afterTenSeconds.id, 1, 10],
      [fails.id, 2, 10],
    ]);
    expect((await later(9_000, requestId)).status).toBe("Processing");
    const order = await later(1_000, requestId);
    expect([order.status, order.total, cardStatuses(order)]).toEqual(["PartialFailed", 18, ["Sold", "Sold", "Failed", "Failed"]]);
  });

  test("can be ended otherwise by the control surface", async () => {
    const requestId = await buy("pendingTwoMinutes", 3);
    await bamboo.control.endOrder(requestId, { sold: [1] });
    expect(await read(requestId)).toMatchObject({ status: "PartialFailed", total: 9 });
    await expect(bamboo.control.endOrder(requestId)).rejects.toThrow("open order");
  });

  test("gives one and the same code for the product that does so", async () => {
    const [first, second] = [await buy("duplicateCode", 2), await buy("duplicateCode", 1)];
    await bamboo.control.advance(2000);
    const cards = [await read(first), await read(second)].flatMap((order) => order.items.flatMap((item) => item.cards));
    expect(new Set(cards.map((card) => card.cardCode)).size).toBe(1);
    expect(new Set(cards.map((card) => card.id)).size).toBe(3);
  });

  test("pays a price that has moved, and the catalogue follows", async () => {
    const totals: number[] = [];
    for (let order = 0; order < 4; order += 1) totals.push((await later(1500, await buy("priceMoves", 1))).total);
    expect(totals).toEqual([9.27, 9.54, 9.81, 9]);
  });

  test("gives failed cards back to the stock and keeps the sold ones out of it", async () => {
    await bamboo.control.setStock(magicProducts.partialFailure.id, 10);
    await later(2000, await buy("partialFailure", 4));
    const { body } = await bamboo.api<{ items: { products: { count: number }[] }[] }>(
      `/v2.0/catalog?ProductId=${magicProducts.partialFailure.id}`,
    );
    expect(body.items[0]?.products[0]?.count).toBe(8);
  });
});

describe("money across currencies", () => {
  test("is charged at the rate of the moment of the order", async () => {
    await bamboo.control.setRate("EUR", 0.8);
    const { requestId } = await bamboo.checkout([[magicProducts.afterTenSeconds.id, 3, 10]], 901002);
    await bamboo.control.setRate("EUR", 0.9);
    expect(await later(10_000, requestId)).toMatchObject({ total: 21.6, currency: "EUR" });
  });
});

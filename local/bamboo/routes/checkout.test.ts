import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { reasonCodes } from "../faults/acts";
import { magicProducts } from "../magic";
import { type OrderAnswer, startTestBamboo, type TestBamboo, usd } from "../test-kit";

const { instant, anyAmount, outOfStock, soldOutAtCheckout, notOrderable } = magicProducts;
const path = "/v1.0/orders/checkout";

let bamboo: TestBamboo;
beforeEach(async () => {
  bamboo = await startTestBamboo();
});
afterEach(() => bamboo.sandbox.stop());

const post = (body: unknown, to = path) =>
  bamboo.api<{ message: string; reason?: string; title?: string }>(to, { method: "POST", body });
const message = async (lines: [number, number, number][], accountId?: number) =>
  JSON.parse((await bamboo.checkout(lines, accountId)).text).message;

describe("checkout v1", () => {
  test("answers with the RequestId as a bare JSON string, or as the mode says", async () => {
    const { text, status, requestId, headers } = await bamboo.checkout([[instant.id, 1, 10]]);
    expect([status, text]).toEqual([200, `"${requestId}"`]);
    expect(headers.get("content-type")).toMatch(/^application\/json/);
    expect(headers.get("api-supported-versions")).toBeTruthy();
    await bamboo.control.setModes({ checkoutReply: "bare" });
    const bare = await bamboo.checkout([[instant.id, 1, 10]]);
    expect(bare.text).toBe(bare.requestId);
    await bamboo.control.setModes({ checkoutReply: "object" });
    const object = await bamboo.checkout([[instant.id, 1, 10]]);
    expect(object.body).toEqual({ requestId: object.requestId });
  });

  test("reads keys in any case and numbers as text", async () => {
    const requestId = randomUUID();
    const answer = await post({
      requestId,
      accountId: String(usd),
      products: [{ productId: String(instant.id), QUANTITY: "2", value: "10" }],
    });
    expect(answer.text).toBe(`"${requestId}"`);
  });

  test("refuses a repeated RequestId, in any case and with any body", async () => {
    const { requestId } = await bamboo.checkout([[instant.id, 1, 10]]);
    const again = await post({ RequestId: requestId.toUpperCase(), AccountId: 1, Products: [] });
    expect([again.status, again.body]).toEqual([400, { message: "OrderAlreadyExists" }]);
    expect((await bamboo.control.stats()).duplicateRequests).toBe(1);
  });

  test("takes a RequestId again after a refusal", async () => {
    const body = { RequestId: randomUUID(), AccountId: 1, Products: [{ ProductId: instant.id, Quantity: 1, Value: 10 }] };
    expect((await post(body)).body).toEqual({ message: "WrongAccount" });
    expect((await post({ ...body, AccountId: usd })).status).toBe(200);
  });

  test.each<[string, [number, number, number][]]>([
    ["NoProducts", []],
    [
      "CardsLimitExceeded",
      [
        [instant.id, 300, 10],
        [anyAmount.id, 201, 10],
      ],
    ],
    [
      "InvalidProductIds",
      [
        [instant.id, 1, 10],
        [1, 1, 10],
      ],
    ],
    ["InvalidProduct", [[notOrderable.id, 1, 10]]],
    ["InvalidDenomination", [[instant.id, 1, 11]]],
    ["InvalidDenomination", [[anyAmount.id, 1, 500.01]]],
    ["InvalidDenomination", [[anyAmount.id, 1, 0.99999]]],
  ])("refuses with %s", async (code, lines) => {
    expect(await message(lines)).toBe(code);
  });

  test("refuses an account that is unknown or not active", async () => {
    expect(await message([[instant.id, 1, 10]], 5)).toBe("WrongAccount");
    await bamboo.control.setAccount({ id: usd, isActive: false });
    expect(await message([[instant.id, 1, 10]])).toBe("WrongAccount");
  });

  test("takes 500 cards and both ends of a range", async () => {
    expect((await bamboo.checkout([[instant.id, 500, 10]])).status).toBe(200);
    expect(
      (
        await bamboo.checkout([
          [anyAmount.id, 1, 1],
          [anyAmount.id, 1, 500],
          [anyAmount.id, 1, 77.77],
        ])
      ).status,
    ).toBe(200);
  });

  test("names the shortage of stock in a sentence, adding up the lines of a product", async () => {
    expect(await message([[outOfStock.id, 1, 10]])).toMatch(/for product Sandbox: out of stock\. Requested: 1\. In stock: 0/);
    expect(await message([[soldOutAtCheckout.id, 2, 10]])).toMatch(/Requested: 2\. In stock: 0/);
    await bamboo.control.setStock(anyAmount.id, 3);
    expect(
      await message([
        [anyAmount.id, 2, 10],
        [anyAmount.id, 2, 20],
      ]),
    ).toMatch(/Requested: 4\. In stock: 3/);
  });

  test("names the missing funds in a sentence, with what is reserved", async () => {
    await bamboo.control.setBalance(usd, 12.34);
    await bamboo.checkout([[magicProducts.afterTenSeconds.id, 1, 10]]);
    expect(await message([[instant.id, 2, 10]])).toBe(
      "Account doesn't have enough funds available to buy the card(s) requested. Balance: 12.3400. Reserved balance: 9.0000. Additional top-up required: 14.6600",
    );
  });

  test("gives any reason on demand, in each form", async () => {
    for (const reason of reasonCodes) {
      await bamboo.control.addFault({ endpoint: "checkout", act: { kind: "reject", reason } });
      const sentence = reason === "InsufficientBalance" || reason === "ProductIsOutOfStock";
      expect(await message([[instant.id, 1, 10]])).toEqual(sentence ? expect.stringContaining(" ") : reason);
    }
    const forms = { code: { message: "UserNotEnabled" }, sentence: { message: "The API user is not enabled." } };
    for (const [errorForm, body] of Object.entries({ ...forms, reason: { reason: "UserNotEnabled", ...forms.sentence } })) {
      await bamboo.control.setModes({
        errorForm: errorForm === "code" ? "code" : errorForm === "sentence" ? "sentence" : "reason",
      });
      await bamboo.control.addFault({ endpoint: "checkout", act: { kind: "reject", reason: "UserNotEnabled" } });
      expect((await bamboo.checkout([[instant.id, 1, 10]])).body).toEqual(body);
    }
  });

  test("answers a body that does not bind with problem details", async () => {
    const line = { ProductId: instant.id, Quantity: 1, Value: 10 };
    for (const body of [
      { RequestId: "not-a-guid", AccountId: usd, Products: [line] },
      { RequestId: randomUUID(), Products: [line] },
      { RequestId: randomUUID(), AccountId: usd, Products: [{ ...line, Quantity: 0 }] },
      { RequestId: randomUUID(), AccountId: usd, Products: [{ Quantity: 1, Value: 10 }] },
      "text",
    ]) {
      const answer = await post(body);
      expect([answer.status, answer.body.title]).toEqual([400, "One or more validation errors occurred."]);
    }
  });
});

describe("checkout v2", () => {
  test("orders by SKU and answers with an object", async () => {
    const requestId = randomUUID();
    const answer = await post(
      { RequestId: requestId, AccountId: usd, Products: [{ Sku: "sandbox-us", Quantity: 2, Value: 10 }] },
      "/v2.0/orders/checkout",
    );
    expect(answer.body).toEqual({
      requestId,
      orderNumber: expect.stringMatching(/^O-\d{8}$/),
      status: "Created",
      currencyCode: "USD",
      totalCards: 2,
    });
    const order = (await bamboo.api<OrderAnswer>(`/v1.0/orders/${requestId}`)).body;
    expect(order.items[0]?.productId).toBe(instant.id);
  });

  test("refuses an unknown SKU by a sentence in the sentence form", async () => {
    await bamboo.control.setModes({ errorForm: "sentence" });
    const body = { RequestId: randomUUID(), AccountId: usd, Products: [{ Sku: "NOBODY-XX", Quantity: 1, Value: 10 }] };
    expect((await post(body, "/v2/orders/checkout")).body.message).toContain("NOBODY-XX");
  });
});

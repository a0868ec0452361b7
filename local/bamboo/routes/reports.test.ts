import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { magicProducts } from "../magic";
import { startTestBamboo, type TestBamboo } from "../test-kit";

let bamboo: TestBamboo;
let requestIds: string[];
const today = () => new Date().toISOString().slice(0, 10);

beforeAll(async () => {
  bamboo = await startTestBamboo({ brands: 40 });
  await bamboo.control.setRate("EUR", 0.9);
  const orders = [
    await bamboo.checkout([
      [magicProducts.instant.id, 2, 10],
      [magicProducts.anyAmount.id, 1, 25],
    ]),
    await bamboo.checkout([[magicProducts.instant.id, 1, 10]], 901002),
    await bamboo.checkout([[magicProducts.fails.id, 1, 10]]),
  ];
  requestIds = orders.map((order) => order.requestId);
  await bamboo.control.advance(1500);
});
afterAll(() => bamboo.sandbox.stop());

describe("the report of orders", () => {
  test("has one row for each product line", async () => {
    const { body } = await bamboo.api<Record<string, unknown>[]>(`/v1/orders?startDate=${today()}&endDate=${today()}`);
    expect(body).toHaveLength(4);
    expect(body[0]).toEqual({
      clientName: "Sandbox Client",
      orderNumber: expect.stringMatching(/^O-\d{8}$/),
      orderDate: `${today()}T00:00:00`,
      clientReferenceNumber: requestIds[0],
      channel: "Sandbox",
      productName: "Sandbox: instant",
      denomination: "USD 10",
      quantity: 2,
      unitPrice: 9,
      subTotal: 18,
      total: 18,
      accountCurrency: "USD",
      status: "Succeeded",
    });
    expect(body[2]).toMatchObject({ accountCurrency: "EUR", total: 8.1 });
    expect(body[3]).toMatchObject({ status: "Failed", total: 0 });
  });

  test("wants both dates and keeps to them", async () => {
    expect((await bamboo.api(`/v1/orders?startDate=${today()}`)).status).toBe(400);
    expect((await bamboo.api("/v1/orders?startDate=2026-01-01&endDate=2026-01-02")).body).toEqual([]);
  });
});

describe("the report of transactions", () => {
  test("has one charge for each order that sold anything, with the quirks of the real one", async () => {
    const { body } = await bamboo.api<{
      startDate: string;
      endDate: string;
      clients: { transactions: Record<string, unknown>[] }[];
    }>(`/v1/transactions?startDate=${today()}&endDate=${today()}`);
    expect([body.startDate, body.endDate]).toEqual([`${today()}T00:00:00`, `${today()}T23:59:59`]);
    const transactions = body.clients[0]?.transactions ?? [];
    expect(transactions.map((entry) => entry.requestId)).toEqual(requestIds.slice(0, 2));
    expect(transactions[0]).toMatchObject({
      transactionId: expect.stringMatching(/^\d+ $/),
      transactionType: "Order",
      orderTotal: { value: 40.5, currencyCode: "USD" },
      transactionAmount: { value: 40.5, currencyCode: "USD" },
      availableBalance: { value: 4_999_959.5, currencyCode: "USD" },
      orderItems: [
        { createdDate: "0001-01-01T00:00:00", quantity: 2, clientTotal: 18, clientExchangeRate: { exchangeRate: 0 } },
        { clientTotal: 22.5, denomination: { value: 25, currencyCode: "USD" } },
      ],
    });
    expect(transactions[1]).toMatchObject({
      orderTotal: { value: 8.1, currencyCode: "EUR" },
      orderItems: [{ clientExchangeRate: { fromCurrency: "USD", toCurrency: "EUR", exchangeRate: 0.9 } }],
    });
  });

  test("adds up to what left the accounts", async () => {
    const ledger = await bamboo.control.ledger();
    const stats = await bamboo.control.stats();
    expect(stats.charged).toEqual({ USD: 40.5, EUR: 8.1 });
    expect(ledger.charges.map((charge) => charge.amount)).toEqual([40.5, 8.1]);
    expect(stats.cardsSold).toBe(4);
  });
});

describe("the rates", () => {
  const rate = async (query: string) =>
    (
      await bamboo.api<{ baseCurrencyCode: string; rates: { currencyCode: string; value: number }[] }>(
        `/v1.0/exchange-rates${query}`,
      )
    ).body;

  test("are all of them for USD, all for a base, or one", async () => {
    const all = await rate("");
    expect(all.baseCurrencyCode).toBe("USD");
    expect(all.rates.length).toBeGreaterThan(30);
    expect(all.rates.find((entry) => entry.currencyCode === "AED")?.value).toBe(3.6725);
    expect((await rate("?basecurrency=AED")).rates).toHaveLength(all.rates.length);
    expect(await rate("?baseCurrency=EUR&currency=XAF")).toEqual({
      baseCurrencyCode: "EUR",
      rates: [{ currencyCode: "XAF", value: 655.957 }],
    });
    expect(await rate("?currency=EUR")).toEqual({ baseCurrencyCode: "USD", rates: [{ currencyCode: "EUR", value: 0.9 }] });
    expect((await bamboo.api("/v1.0/exchange-rates?baseCurrency=QQQ")).status).toBe(400);
  });

  test("are turned round by the mode", async () => {
    await bamboo.control.setModes({ rateDirection: "inverse" });
    expect((await rate("?currency=AED")).rates[0]?.value).toBeCloseTo(1 / 3.6725, 9);
    await bamboo.control.setModes({ rateDirection: "documented" });
  });
});

describe("accounts", () => {
  test("are three, in sandbox mode, and show what is reserved as the mode says", async () => {
    const read = async () => (await bamboo.api<{ accounts: { id: number; balance: number }[] }>("/v1.0/accounts")).body.accounts;
    expect((await read())[2]).toEqual({ id: 901003, currency: "AED", balance: 5_000_000, isActive: true, sandboxMode: true });
    await bamboo.checkout([[magicProducts.pendingTwoMinutes.id, 1, 10]], 901003);
    expect((await read())[2]?.balance).toBe(5_000_000);
    await bamboo.control.setModes({ balanceShows: "available" });
    expect((await read())[2]?.balance).toBe(4_999_966.9475);
  });
});

describe("brands, stock, categories, countries", () => {
  test("a brand lists its face values without prices", async () => {
    const { body } = await bamboo.api<{ count: number; items: Record<string, unknown>[] }>("/v2.0/brands?sku=sandbox-us");
    expect(body).toMatchObject({
      pageIndex: 0,
      pageSize: 100,
      count: 1,
      items: [{ id: 900, status: "Live", categories: [2, 3] }],
    });
    expect(body.items[0]?.faceValues).toEqual([
      { min: 10, max: 10 },
      { min: 1, max: 500 },
    ]);
    const gaming = await bamboo.api<{ items: { categories: number[] }[] }>("/v2/brands?categoryId=2&pagesize=5");
    expect(gaming.body.items.every((brand) => brand.categories.includes(2))).toBe(true);
    expect((await bamboo.api<{ count: number }>("/v2/brands?name=SCENARIOS")).body.count).toBe(1);
  });

  test("stock says unlimited by isStocked false", async () => {
    const read = async (face: string) => (await bamboo.api<Record<string, unknown>>(`/v2.0/getstock/SANDBOX-US/${face}`)).body;
    expect(await read("10")).toEqual({ faceValue: 10, quantity: 0, isStocked: false, price: 9, currencyCode: "USD" });
    await bamboo.control.setStock(magicProducts.anyAmount.id, 7);
    expect(await read("20")).toEqual({ faceValue: 20, quantity: 7, isStocked: true, price: 18, currencyCode: "USD" });
    expect((await bamboo.api("/v2.0/getstock/NOBODY/10")).status).toBe(404);
  });

  test("categories and countries are bare arrays", async () => {
    const categories = (await bamboo.api<Record<string, unknown>[]>("/v2.0/categories")).body;
    expect(categories).toHaveLength(27);
    expect(categories[1]).toEqual({ id: 2, name: "Gaming", description: "" });
    const countries = (await bamboo.api<Record<string, unknown>[]>("/v2.0/catalog-countries")).body;
    expect(countries[0]).toEqual({ code: "AE", name: "United Arab Emirates", defaultCurrencyCode: "AED", alpha3Code: "ARE" });
  });
});

import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { magicProducts } from "../magic";
import { startTestBamboo, type TestBamboo, usd } from "../test-kit";

let bamboo: TestBamboo;
beforeEach(async () => {
  bamboo = await startTestBamboo({ limits: true });
  await bamboo.control.freeze();
});
afterEach(() => bamboo.sandbox.stop());

async function allowedAtOnce(path: string, tries: number): Promise<number> {
  const statuses: number[] = [];
  for (let call = 0; call < tries; call += 1) statuses.push((await bamboo.api(path)).status);
  return statuses.filter((status) => status !== 429).length;
}

describe("the limits over HTTP", () => {
  test.each([
    ["/v1.0/catalog", 2],
    ["/v2.0/catalog", 1],
    ["/v1.0/accounts", 1],
    ["/v1.0/orders/8f5bd7ac-8faa-4a26-8f4e-2f9a4ad2d5f1", 120],
    ["/v1/orders?startDate=2026-01-01&endDate=2026-01-02", 1],
    ["/v1/transactions?startDate=2026-01-01&endDate=2026-01-02", 4],
    ["/v1.0/exchange-rates", 20],
    ["/v1/notification", 1],
    ["/v2.0/brands", 1],
    ["/v2.0/getstock/SANDBOX-US/10", 1],
    ["/v2.0/categories", 1],
    ["/v2.0/catalog-countries", 1],
  ])("%s allows %i", async (path, limit) => {
    expect(await allowedAtOnce(path, limit + 2)).toBe(limit);
    expect(await bamboo.control.violations()).toHaveLength(2);
  });

  test("the refusal is text, or JSON, with or without the header", async () => {
    await bamboo.api("/v1.0/catalog");
    await bamboo.api("/v1.0/catalog");
    await bamboo.control.advance(194_000);
    const plain = await bamboo.api("/v1.0/catalog");
    expect([plain.status, plain.text]).toEqual([429, "Too many requests. Please wait for 3406 seconds."]);
    expect(plain.headers.get("retry-after")).toBeNull();
    await bamboo.control.setModes({ tooManyBody: "json", retryAfterHeader: true });
    const json = await bamboo.api("/v1.0/catalog");
    expect(json.body).toEqual({ message: "Too many requests. Please wait for 3406 seconds." });
    expect(json.headers.get("retry-after")).toBe("3406");
  });

  test("the seventh checkout of a product within a minute is refused, and leaves no order", async () => {
    const statuses: number[] = [];
    for (let call = 0; call < 7; call += 1) {
      statuses.push((await bamboo.checkout([[magicProducts.instant.id, 1, 10]])).status);
      await bamboo.control.advance(500);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429]);
    expect((await bamboo.control.stats()).orders.accepted).toBe(6);
    expect(await bamboo.control.violations()).toMatchObject([{ productId: magicProducts.instant.id, endpoint: "checkout" }]);
  });

  test("a checkout by SKU counts for the product it means, and for the gap of the other version", async () => {
    const bySku = () => ({ RequestId: randomUUID(), AccountId: usd, Products: [{ Sku: "SANDBOX-US", Quantity: 1, Value: 10 }] });
    for (let call = 0; call < 6; call += 1) {
      expect((await bamboo.api("/v2.0/orders/checkout", { method: "POST", body: bySku() })).status).toBe(200);
      expect((await bamboo.checkout([[magicProducts.anyAmount.id, 1, 5]])).status).toBe(429);
      await bamboo.control.advance(500);
    }
    expect((await bamboo.checkout([[magicProducts.instant.id, 1, 10]])).status).toBe(429);
  });

  test("can be changed for a minute", async () => {
    await bamboo.control.scaleLimits({ endpoint: "exchange-rates", factor: 0.5, forMs: 60_000 });
    expect(await allowedAtOnce("/v1.0/exchange-rates", 12)).toBe(10);
    await bamboo.control.advance(60_000);
    expect(await allowedAtOnce("/v1.0/exchange-rates", 22)).toBe(20);
  });

  test("do not count a caller who is not let in", async () => {
    await bamboo.api("/v1.0/accounts", { authorization: "Basic nonsense" });
    expect((await bamboo.api("/v1.0/accounts")).status).toBe(200);
  });
});

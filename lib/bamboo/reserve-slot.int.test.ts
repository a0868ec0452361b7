import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { redis } from "@/lib/redis";
import { BUDGETS } from "./budgets";
import { productWaits } from "./product-waits";
import { budgetKey, productKey, reserveProducts, reserveSlot, WARM_KEY } from "./reserve-slot";
import { pauseEndpoint, throttleSeconds } from "./throttle";
import { warmBudgets } from "./warm-budgets";

const newProduct = () => randomInt(1_000_000_000, 2_000_000_000);
/** Longer than nothing goes out after the memory was refilled. */
const SETTLED_MS = 2_000;
const HOUR_MS = 3_600_000;
const warm = () => warmBudgets([]);

test("simultaneous callers get distinct moments that keep gap and window", async () => {
  const { limit, windowMs, gapMs } = BUDGETS.exchangeRates;
  await redis().del(budgetKey("exchangeRates"));
  await Promise.all(Array.from({ length: 3 * limit }, () => reserveSlot("exchangeRates", HOUR_MS, warm)));
  const grants = (await redis().lrange<number>(budgetKey("exchangeRates"), 0, -1)).map(Number).sort((a, b) => a - b);
  expect(grants).toHaveLength(limit);
  for (const [index, at] of grants.entries()) if (index > 0) expect(at - (grants[index - 1] ?? 0)).toBeGreaterThanOrEqual(gapMs);
  const next = await reserveSlot("exchangeRates", HOUR_MS, warm);
  const latest = Number((await redis().lindex(budgetKey("exchangeRates"), 0)) ?? 0);
  expect(next.granted).toBe(true);
  expect(latest - (grants[0] ?? 0)).toBeGreaterThanOrEqual(windowMs);
  await redis().del(budgetKey("exchangeRates"));
});

test("a product takes six orders in its window, and a wait that is too long reserves nothing", async () => {
  const productId = newProduct();
  for (let order = 0; order < BUDGETS.placeOrderProduct.limit; order++)
    expect((await reserveProducts([productId], SETTLED_MS, warm)).granted).toBe(true);
  const refused = await reserveProducts([productId], 0, warm);
  expect(refused.granted).toBe(false);
  expect(refused.waitMs).toBeGreaterThan(50_000);
  expect(await redis().llen(productKey(productId))).toBe(BUDGETS.placeOrderProduct.limit);
  const waits = await productWaits([productId, newProduct()]);
  expect([...waits.values()].map((wait) => wait > 0)).toEqual([true, false]);
});

test("products are reserved together or not at all", async () => {
  const [full, free] = [newProduct(), newProduct()];
  for (let order = 0; order < BUDGETS.placeOrderProduct.limit; order++) await reserveProducts([full], SETTLED_MS, warm);
  expect((await reserveProducts([full, free], 0, warm)).granted).toBe(false);
  expect(await redis().llen(productKey(free))).toBe(0);
});

test("after the memory is lost the windows are refilled from what the database remembers", async () => {
  const productId = newProduct();
  await redis().del(WARM_KEY);
  const calls = Array.from({ length: 6 }, (_, index) => ({
    endpoint: "placeOrder" as const,
    productIds: [productId],
    ageMs: 10_000 + index,
  }));
  const slot = await reserveProducts([productId], 0, () => warmBudgets(calls));
  expect(slot.granted).toBe(false);
  expect(slot.waitMs).toBeGreaterThan(40_000);
});

test("a pause that a 429 asks for holds for everyone, and a shorter one does not cut it", async () => {
  await pauseEndpoint("catalog", throttleSeconds(null, "Too many requests. Please wait for 60 seconds."));
  await pauseEndpoint("catalog", throttleSeconds("2", ""));
  const slot = await reserveSlot("catalog", 0, warm);
  expect(slot.granted).toBe(false);
  expect(slot.waitMs).toBeGreaterThan(50_000);
});

import { randomInt } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { sleep } from "@/lib/clock";
import { redis } from "@/lib/redis";
import { startUpstash, type Upstash } from "@/local/upstash/start";
import { BUDGETS, SETTLING_MS, UNCHECKED_WAIT_MS } from "./budgets";
import { productWaits } from "./product-waits";
import { budgetKey, productKey, reserveProducts, reserveSlot, type Slot, stillHolds, WARM_KEY } from "./reserve-slot";
import { pauseEndpoint, throttleSeconds } from "./throttle";
import { warmBudgets } from "./warm-budgets";

const newProduct = () => randomInt(1_000_000_000, 2_000_000_000);
/** Longer than nothing goes out after the memory was lost. */
const SETTLED_MS = SETTLING_MS + 1_000;
const HOUR_MS = 3_600_000;
const warm = () => warmBudgets([]);

/** A Redis of its own: what is lost here would be lost for every other suite. */
let upstash: Upstash;

beforeAll(async () => {
  upstash = await startUpstash({ token: "slots" });
  vi.stubEnv("UPSTASH_REDIS_REST_URL", upstash.url);
  vi.stubEnv("UPSTASH_REDIS_REST_TOKEN", "slots");
  await settled(() => reserveProducts([newProduct()], 0, warm));
});

afterAll(() => upstash.stop());

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
  const reserve = () => reserveProducts([productId], 0, () => warmBudgets(calls));
  const settling = await reserve();
  expect(settling.granted).toBe(false);
  expect(settling.waitMs).toBeLessThanOrEqual(SETTLING_MS);
  await sleep(SETTLING_MS + 50);
  const slot = await reserve();
  expect(slot.granted).toBe(false);
  expect(slot.waitMs).toBeGreaterThan(40_000);
});

test("a slot slept for long no longer holds once the memory it came from was lost; a short one needs no look", async () => {
  const slot = await settled(() => reserveProducts([newProduct()], 0, warm));
  const [long, short] = [UNCHECKED_WAIT_MS + 1, UNCHECKED_WAIT_MS].map((waitMs) => ({ ...slot, waitMs }));
  if (!long || !short) throw new Error("two slots were made");
  expect([await stillHolds(long), await stillHolds(short)]).toEqual([true, true]);
  await redis().del(WARM_KEY);
  expect([await stillHolds(long), await stillHolds(short)]).toEqual([false, true]);
  await settled(() => reserveProducts([newProduct()], 0, warm));
  expect(await stillHolds(long)).toBe(false);
});

/** A memory that was just lost gives nothing out for a while. */
async function settled(reserve: () => Promise<Slot>): Promise<Slot> {
  const first = await reserve();
  if (first.granted) return first;
  await sleep(first.waitMs + 50);
  return reserve();
}

test("a pause that a 429 asks for holds for everyone, and a shorter one does not cut it", async () => {
  await pauseEndpoint("catalog", throttleSeconds(null, "Too many requests. Please wait for 60 seconds."));
  await pauseEndpoint("catalog", throttleSeconds("2", ""));
  const slot = await reserveSlot("catalog", 0, warm);
  expect(slot.granted).toBe(false);
  expect(slot.waitMs).toBeGreaterThan(50_000);
});

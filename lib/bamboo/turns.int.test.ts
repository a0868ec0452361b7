import { randomInt } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { redis } from "@/lib/redis";
import { startUpstash, type Upstash } from "@/local/upstash/start";
import { BUDGETS, SETTLING_MS } from "./budgets";
import { depart } from "./depart";
import { giveBack } from "./give-back";
import { departedKey } from "./keys";
import { land } from "./land";
import { productUse, takeProducts } from "./product-places";
import { readBreakers, readBudgetUsage } from "./read-limits";
import { reserve } from "./reserve";
import { pauseEndpoint, throttleSeconds } from "./throttle";
import { type PastCall, warmLimits } from "./warm-limits";
import { WAYS_NEEDED } from "./way";

const GUARD_MS = 40;
/** The clock of these tests counts whole milliseconds. */
const TICK_MS = 1;
const HOUR_MS = 3_600_000;
const { gapMs } = BUDGETS.placeOrder;
const newProduct = () => randomInt(1_000_000_000, 2_000_000_000);
const warm = () => warmLimits([]);

/** A Redis of its own, on a clock that the test sets: what is lost here would be lost for every other suite. */
let upstash: Upstash;
let nowMs = 1_800_000_000_000;

beforeAll(async () => {
  upstash = await startUpstash({ token: "turns", now: () => nowMs });
  vi.stubEnv("UPSTASH_REDIS_REST_URL", upstash.url);
  vi.stubEnv("UPSTASH_REDIS_REST_TOKEN", "turns");
  vi.stubEnv("BAMBOO_GUARD_MS", String(GUARD_MS));
});

beforeEach(async () => {
  upstash.flush();
  await warm();
});

afterAll(() => upstash.stop());

let made = 0;

interface Turn {
  endpoint: "placeOrder";
  ticket: string;
  dueAtMs: number;
}

async function turnOf(): Promise<Turn> {
  const turn = { endpoint: "placeOrder", ticket: `t${++made}` } as const;
  const reserved = await reserve({ ...turn, maxWaitMs: HOUR_MS }, warm);
  expect(reserved.kind).toBe("turn");
  return { ...turn, dueAtMs: nowMs + reserved.waitMs };
}

/** Waits as long as it has to. */
async function leave(turn: Turn, productIds: readonly number[] = []): Promise<void> {
  const answer = await depart({ ...turn, productIds });
  if (answer.kind === "go") return;
  nowMs += answer.waitMs;
  expect(await depart({ ...turn, productIds })).toMatchObject({ kind: "go" });
}

async function guardMs(): Promise<number> {
  return (await readBudgetUsage(nowMs)).find(({ endpoint }) => endpoint === "placeOrder")?.guard.nowMs ?? 0;
}

async function boundOf({ ticket }: Turn): Promise<number> {
  return Number(await redis().zscore(departedKey("placeOrder"), ticket));
}

test("ten clients at once leave one after the other, in turn, gap and guard apart and no more", async () => {
  const waiting = await Promise.all(Array.from({ length: 10 }, turnOf));
  const inTurn = waiting.sort((a, b) => a.dueAtMs - b.dueAtMs).map(({ ticket }) => ticket);
  const left: { ticket: string; atMs: number }[] = [];
  for (const endMs = nowMs + HOUR_MS; left.length < inTurn.length && nowMs < endMs; nowMs += 10) {
    const due = waiting.filter(({ ticket, dueAtMs }) => dueAtMs <= nowMs && left.every((gone) => gone.ticket !== ticket));
    const answers = await Promise.all(due.map(depart));
    for (const [i, { ticket }] of due.entries()) if (answers[i]?.kind === "go") left.push({ ticket, atMs: nowMs });
  }
  expect(left.map(({ ticket }) => ticket)).toEqual(inTurn);
  const gaps = left.slice(1).map(({ atMs }, i) => atMs - (left[i]?.atMs ?? 0));
  expect(gaps).toEqual(gaps.map(() => gapMs + GUARD_MS));
});

test("a turn is given without the guard, and the departure before it decides", async () => {
  const [first, second] = [await turnOf(), await turnOf()];
  expect(second.dueAtMs - first.dueAtMs).toBe(gapMs);
  await leave(first);
  nowMs = second.dueAtMs;
  expect(await depart(second)).toMatchObject({ kind: "not_now", because: "limit", waitMs: GUARD_MS });
});

test("who is late costs those behind only the lateness, and they stay in turn", async () => {
  const [late, second, third] = [await turnOf(), await turnOf(), await turnOf()];
  nowMs += 200;
  await leave(late);
  expect(await depart(third)).toMatchObject({ waitMs: 2 * gapMs });
  expect(await depart(second)).toMatchObject({ waitMs: gapMs + GUARD_MS });
});

test("a call that came back soon lets the next one go without the guard; silence does not", async () => {
  for (let calls = 0; calls < WAYS_NEEDED; calls++)
    await land({ endpoint: "placeOrder", ticket: "before", healthy: true, took: { tookMs: 20, wayMs: 20 } });
  const lowered = async (took?: { tookMs: number; wayMs: number }) => {
    const turn = await turnOf();
    await leave(turn);
    const before = await boundOf(turn);
    await land({ ...turn, healthy: true, ...(took ? { took } : {}) });
    return before - (await boundOf(turn));
  };
  expect(await lowered({ tookMs: 25, wayMs: 20 })).toBe(GUARD_MS - 5 - TICK_MS);
  expect(await lowered({ tookMs: 500, wayMs: 490 })).toBe(0);
  expect(await lowered()).toBe(0);
});

test("a moment a little ahead is granted, and the call counts from there, for its products and for those behind it too", async () => {
  const [first, second, third] = [await turnOf(), await turnOf(), await turnOf()];
  await leave(first);
  const [id, dueAtMs] = [newProduct(), nowMs + GUARD_MS + gapMs];
  nowMs = dueAtMs - 30;
  expect(await depart({ ...second, aheadMs: 29 })).toMatchObject({ kind: "not_now", because: "limit", waitMs: 30 });
  expect(await depart({ ...second, productIds: [id], aheadMs: 30 })).toMatchObject({ kind: "go", waitMs: 30, redisMs: nowMs });
  expect(await boundOf(second)).toBe(dueAtMs + GUARD_MS);
  expect((await productUse()).get(id)).toEqual([-30 - GUARD_MS]);
  expect(await depart({ ...third, aheadMs: 50 })).toMatchObject({ kind: "not_now", waitMs: 30 + GUARD_MS + gapMs });
  expect((await turnOf()).dueAtMs).toBe(dueAtMs + 2 * gapMs);
});

test("what is granted ahead lies after a pause, and nothing is granted where the breaker is open", async () => {
  const turn = { ...(await turnOf()), aheadMs: 50 };
  await pauseEndpoint("placeOrder", 1);
  expect(await depart(turn)).toMatchObject({ kind: "not_now", because: "paused", waitMs: 1_000 });
  nowMs += 970;
  expect(await depart(turn)).toMatchObject({ kind: "go", waitMs: 30 });
  for (let failures = 0; failures < 5; failures++) await land({ endpoint: "placeOrder", ticket: "any", healthy: false });
  expect(await depart(turn)).toMatchObject({ kind: "not_now", because: "breaker" });
});

test("what a process knows of the ways is told again when Redis has lost it", async () => {
  const took = { tookMs: 20, wayMs: 20 };
  for (let calls = 0; calls < WAYS_NEEDED; calls++) await land({ endpoint: "placeOrder", ticket: "before", healthy: true, took });
  upstash.flush();
  await warm();
  const turn = await turnOf();
  await leave(turn);
  await land({ ...turn, healthy: true, took });
  // From its own way alone nothing would have been concluded.
  expect(await boundOf(turn)).toBeLessThan(nowMs + GUARD_MS);
});

test("asking again before sending dates the departure anew and counts it once", async () => {
  const turn = await turnOf();
  const call = { ...turn, productIds: [newProduct()] };
  expect(await depart(call)).toMatchObject({ kind: "go" });
  nowMs += 30;
  expect(await depart(call)).toMatchObject({ kind: "go" });
  expect(await boundOf(turn)).toBe(nowMs + GUARD_MS);
  expect(await redis().zcard(departedKey("placeOrder"))).toBe(1);
  expect([...(await productUse())]).toEqual([[call.productIds[0], [-GUARD_MS]]]);
});

test("a turn given back is the next one's; one that left is not given back", async () => {
  const [first, second] = [await turnOf(), await turnOf()];
  const id = newProduct();
  expect(await takeProducts(second, [id])).toEqual(new Map());
  await giveBack(second, [id]);
  expect(await productUse()).toEqual(new Map());
  expect((await turnOf()).dueAtMs).toBe(second.dueAtMs);
  await leave(first, [id]);
  await giveBack(first, [id]);
  expect((await productUse()).get(id)).toHaveLength(1);
  expect(await redis().zcard(departedKey("placeOrder"))).toBe(1);
});

test("a product has six places in its window, held ones included; what has none is told how long", async () => {
  const [full, free] = [newProduct(), newProduct()];
  const { limit, windowMs } = BUDGETS.placeOrderProduct;
  const holders = [];
  for (let order = 0; order < limit; order++) holders.push(await turnOf());
  for (const holder of holders) expect(await takeProducts(holder, [full])).toEqual(new Map());
  expect(await takeProducts(await turnOf(), [full, free])).toEqual(new Map([[full, windowMs]]));
  const use = await productUse();
  expect(use.get(full)).toEqual(holders.map(({ dueAtMs }) => nowMs - dueAtMs).reverse());
  expect(use.get(free)).toHaveLength(1);
});

/** A product with as many orders in its window as it may have, the oldest so long ago. */
async function fullProduct(oldestAgeMs: number): Promise<number> {
  const id = newProduct();
  upstash.flush();
  await warmLimits(
    Array.from({ length: BUDGETS.placeOrderProduct.limit }, (_, i) => ({
      endpoint: "placeOrder",
      productIds: [id],
      ageMs: oldestAgeMs - 1_000 * i,
    })),
  );
  return id;
}

test("a purchase without a place waits for its product's window", async () => {
  const full = await fullProduct(50_000);
  expect(await depart({ ...(await turnOf()), productIds: [full] })).toMatchObject({
    kind: "not_now",
    because: "product",
    waitMs: BUDGETS.placeOrderProduct.windowMs - 50_000,
  });
});

test("after the memory is lost nothing goes until it has settled, and then the windows are as full as the database says", async () => {
  const id = newProduct();
  const old = await turnOf();
  upstash.flush();
  expect(await depart(old)).toMatchObject({ because: "settling" });
  const calls = Array.from({ length: 6 }, (_, i): PastCall => {
    return { endpoint: "placeOrder", productIds: [id], ageMs: i === 0 ? 0 : 10_000 + i };
  });
  const ask = () => reserve({ endpoint: "placeOrder", ticket: "after", maxWaitMs: HOUR_MS }, () => warmLimits(calls));
  expect(await ask()).toEqual({ kind: "not_now", because: "settling", waitMs: SETTLING_MS });
  nowMs += SETTLING_MS;
  expect(await ask()).toEqual({ kind: "turn", waitMs: gapMs, departed: false, probe: false });
  expect((await productUse()).get(id)).toHaveLength(6);
  expect(await depart(old)).toMatchObject({ because: "settling" });
});

test("a 429 widens the guard and stops everybody to the second; quiet calls bring the guard back", async () => {
  const call = { endpoint: "placeOrder", ticket: "any", healthy: true, took: { tookMs: 5, wayMs: 5 } } as const;
  const widths = [];
  for (let times = 0; times < 6; times++) {
    await land({ ...call, throttledMs: 3_000 });
    widths.push(await guardMs());
  }
  expect(widths).toEqual([80, 160, 320, 640, 1_000, 1_000]);
  const ask = () => reserve({ endpoint: "placeOrder", ticket: "next", maxWaitMs: 0 }, warm);
  expect(await ask()).toEqual({ kind: "not_now", because: "paused", waitMs: 3_000 });
  nowMs += 3_000;
  expect(await ask()).toMatchObject({ kind: "turn" });
  for (let calls = 0; calls < 20; calls++) await land(call);
  expect(await guardMs()).toBeLessThan(700);
  for (let calls = 0; calls < 250; calls++) await land(call);
  expect(await guardMs()).toBe(GUARD_MS);
});

test("a shorter pause never cuts a longer one", async () => {
  await pauseEndpoint("catalog", throttleSeconds(null, "Too many requests. Please wait for 60 seconds."));
  await pauseEndpoint("catalog", throttleSeconds("2", ""));
  const reserved = await reserve({ endpoint: "catalog", ticket: "page", maxWaitMs: 0 }, warm);
  expect(reserved).toEqual({ kind: "not_now", because: "paused", waitMs: 60_000 });
});

test("ten instances, supplier down: one probe per half-open window, and none lost when its holder gives it back", async () => {
  const fail = (ticket: string) => land({ endpoint: "placeOrder", ticket, healthy: false });
  const changes = [];
  for (let failures = 0; failures < 8; failures++) changes.push((await fail("any")).change);
  expect(changes.filter(Boolean)).toEqual(["opened"]);
  const askTen = async () => {
    const tickets = Array.from({ length: 10 }, () => ({ endpoint: "placeOrder" as const, ticket: `t${++made}` }));
    const answers = await Promise.all(tickets.map((ticket) => reserve({ ...ticket, maxWaitMs: HOUR_MS }, warm)));
    return tickets.filter((_, i) => answers[i]?.kind === "turn").map((turn) => ({ ...turn, dueAtMs: nowMs }));
  };
  const probe = async () => {
    expect(await askTen()).toEqual([]);
    nowMs += 15_000;
    const [only, ...others] = await askTen();
    expect(others).toEqual([]);
    if (!only) throw new Error("nobody got the probe");
    return only;
  };
  await giveBack(await probe());
  const [failing] = await askTen();
  if (!failing) throw new Error("the probe was lost");
  await leave(failing);
  expect(await fail(failing.ticket)).toMatchObject({ change: null });
  expect((await readBreakers(nowMs)).find(({ endpoint }) => endpoint === "placeOrder")?.state).toBe("open");
  const healing = await probe();
  await leave(healing);
  expect(await fail("one that left before")).toMatchObject({ change: null });
  const told = await Promise.all([healing.ticket, "another"].map((ticket) => land({ ...healing, ticket, healthy: true })));
  expect(told.map(({ change }) => change)).toEqual(["closed", null]);
});

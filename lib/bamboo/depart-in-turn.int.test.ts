import { randomInt } from "node:crypto";
import { performance } from "node:perf_hooks";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { redis } from "@/lib/redis";
import { startUpstash, type Upstash } from "@/local/upstash/start";
import { BUDGETS } from "./budgets";
import { departInTurn } from "./depart-in-turn";
import { departedKey } from "./keys";
import { readBudgetUsage } from "./read-limits";
import { exchange, NEW_WAY_MS } from "./request";
import { reserveTurn, type Turn } from "./turn";
import { warmLimits } from "./warm-limits";

const GUARD_MS = 40;
const MAX_WAIT_MS = 60_000;
const { gapMs } = BUDGETS.placeOrder;
const warm = () => warmLimits([]);

/** A Redis of its own: what is lost here would be lost for every other suite. */
let upstash: Upstash;

beforeAll(async () => {
  upstash = await startUpstash({ token: "depart" });
  vi.stubEnv("UPSTASH_REDIS_REST_URL", upstash.url);
  vi.stubEnv("UPSTASH_REDIS_REST_TOKEN", "depart");
  vi.stubEnv("BAMBOO_GUARD_MS", String(GUARD_MS));
});

beforeEach(async () => {
  upstash.flush();
  await warm();
});

afterAll(() => upstash.stop());

async function turnOf(): Promise<Turn> {
  const reserved = await reserveTurn("placeOrder", MAX_WAIT_MS, warm);
  if (reserved.kind !== "turn") throw new Error(`No turn: ${JSON.stringify(reserved)}`);
  return reserved.turn;
}

/** The latest moments at which calls that left can have arrived, in order. */
async function bounds(): Promise<number[]> {
  const flat = await redis().zrange<string[]>(departedKey("placeOrder"), 0, -1, { withScores: true });
  return flat.filter((_, i) => i % 2 === 1).map(Number);
}

/** Opens a connection to the supplier, which stays. */
async function openWay(): Promise<void> {
  expect(await exchange({ method: "GET", path: "/", timeoutMs: 5_000 })).toMatchObject({ kind: "answer" });
}

async function fullProduct(oldestAgeMs: number): Promise<number> {
  const id = randomInt(1_000_000_000, 2_000_000_000);
  upstash.flush();
  await warmLimits(
    Array.from({ length: BUDGETS.placeOrderProduct.limit }, () => ({
      endpoint: "placeOrder",
      productIds: [id],
      ageMs: oldestAgeMs,
    })),
  );
  return id;
}

test("a call that has to open a connection is given longer to arrive", async () => {
  await turnOf().then((turn) => departInTurn(turn, []));
  await openWay();
  await turnOf().then((turn) => departInTurn(turn, []));
  const [first = 0, second = 0] = await bounds();
  expect(second - first).toBeGreaterThanOrEqual(gapMs + GUARD_MS);
  expect(second - first).toBeLessThan(gapMs + GUARD_MS + NEW_WAY_MS);
});

test("clients at once: each leaves when the one before has arrived for certain, and not sooner", async () => {
  await openWay();
  const leaving = Array.from({ length: 6 }, async () => {
    const departure = await departInTurn(await turnOf(), []);
    if (departure.kind === "not_now") throw new Error(`No departure: ${JSON.stringify(departure)}`);
    return { ...departure, sentAt: performance.now() };
  });
  const sent = (await Promise.all(leaving)).sort((a, b) => a.sentAt - b.sentAt);
  for (const [i, { grantedAt, sentAt }] of sent.entries()) {
    expect(sentAt - grantedAt).toBeGreaterThanOrEqual(0);
    const before = sent[i - 1];
    if (before) expect(sentAt - before.grantedAt).toBeGreaterThanOrEqual(gapMs + GUARD_MS);
  }
  const arrived = await bounds();
  for (const [i, at] of arrived.entries()) if (i > 0) expect(at - (arrived[i - 1] ?? 0)).toBeGreaterThanOrEqual(gapMs + GUARD_MS);
});

test("a short wait for a product is slept, a long one is answered and the turn is free again", async () => {
  await openWay();
  const full = await fullProduct(30_000);
  expect(await departInTurn(await turnOf(), [full])).toMatchObject({ kind: "not_now", because: "product" });
  expect((await readBudgetUsage(Date.now())).find(({ endpoint }) => endpoint === "placeOrder")?.ahead).toBe(0);
  const soon = await fullProduct(BUDGETS.placeOrderProduct.windowMs - 1_000);
  const askedAt = performance.now();
  expect(await departInTurn(await turnOf(), [soon])).toMatchObject({ kind: "go" });
  expect(performance.now() - askedAt).toBeGreaterThan(500);
});

test("what needs no planning departs in the same step, and without Redis nothing does", async () => {
  await openWay();
  expect(await reserveTurn("getOrder", 0, warm)).toMatchObject({ kind: "turn", turn: { departed: { openWay: true } } });
  expect(await redis().zcard(departedKey("getOrder"))).toBe(1);
  const turn = await turnOf();
  await upstash.stop();
  await expect(reserveTurn("getOrder", 0, warm)).rejects.toThrow();
  await expect(departInTurn(turn, [])).rejects.toThrow();
});

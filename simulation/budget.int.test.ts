import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { BUDGETS, type Endpoint } from "@/lib/bamboo/budgets";
import { depart as departReal } from "@/lib/bamboo/depart";
import { giveBack as giveBackReal } from "@/lib/bamboo/give-back";
import { land as landReal } from "@/lib/bamboo/land";
import { productUse as productUseReal, takeProducts as takeProductsReal } from "@/lib/bamboo/product-places";
import { readBreakers, readBudgetUsage } from "@/lib/bamboo/read-limits";
import { reserve as reserveReal } from "@/lib/bamboo/reserve";
import { pauseEndpoint } from "@/lib/bamboo/throttle";
import { type PastCall, warmLimits } from "@/lib/bamboo/warm-limits";
import { WAYS_NEEDED } from "@/lib/bamboo/way";
import { COMPLETE_ENV } from "@/lib/env.fixture";
import { startUpstash, type Upstash } from "@/local/upstash/start";
import { Random } from "./engine/random";
import {
  type BudgetMemory,
  depart,
  emptyMemory,
  endpointMemory,
  forget,
  giveBack,
  land,
  pause,
  productUse,
  reserve,
  takeProducts,
  warm,
} from "./outside/budget";

/** A Redis of its own, on a clock that the test sets: minutes of windows pass in no time, and both sides see the same millisecond. */
let upstash: Upstash;
let nowMs = 1_800_000_000_000;

beforeAll(async () => {
  upstash = await startUpstash({ token: "budget", now: () => nowMs });
  for (const [name, value] of Object.entries(COMPLETE_ENV)) vi.stubEnv(name, value);
  vi.stubEnv("UPSTASH_REDIS_REST_URL", upstash.url);
  vi.stubEnv("UPSTASH_REDIS_REST_TOKEN", "budget");
  vi.stubEnv("BAMBOO_GUARD_MS", String(GUARD_MS));
  vi.stubEnv("BAMBOO_BUDGETS", JSON.stringify({ placeOrderProduct: PRODUCT }));
});

afterAll(() => upstash.stop());

const GUARD_MS = 75;
const SEQUENCES = 10;
const STEPS = 150;
const TICKETS_KEPT = 5;
const LIMITED = ["placeOrder", "placeOrder", "getOrder", "catalog"] as const satisfies readonly Endpoint[];
const PRODUCTS = [[1], [2], [1, 2], [3, 1]] as const;
/** Tighter than the supplier's own, so that windows fill. */
const PRODUCT = { limit: 3, windowMs: 30_000, gapMs: 0 };
const TIMEOUT_MS = 120_000;

const COMMANDS = {
  reserve: 6,
  depart: 8,
  "depart at its moment": 6,
  land: 6,
  "take products": 4,
  "give back": 2,
  use: 1,
  usage: 1,
  pause: 1,
  forget: 1,
};

it("the plain limits answer as the scripts do, whatever came before", { timeout: TIMEOUT_MS }, async () => {
  const met = new Set<string>();
  for (let seed = 1; seed <= SEQUENCES; seed++) {
    const random = new Random(seed);
    const run = new Run(random);
    upstash.flush();
    await run.learnWays();
    for (let step = 0; step < STEPS; step++) {
      nowMs += random.between(0, random.pick([0, 0, 30, 600, 5_000, random.chance(0.2) ? 70_000 : 0]));
      const { name, real, model } = await run.act(random.pick(WEIGHTED));
      expect(real, `sequence ${seed}, step ${step}: ${name}`).toEqual(model);
      met.add(name);
      for (const word of wordsOf(model)) met.add(word);
    }
  }
  const words = [
    "turn",
    "go",
    "limit",
    "product",
    "paused",
    "breaker",
    "settling",
    "opened",
    "closed",
    "departed",
    "lowered",
    "ahead",
  ];
  expect([...met].sort()).toEqual([...Object.keys(COMMANDS), ...words].sort());
});

const WEIGHTED = Object.entries(COMMANDS).flatMap(([name, weight]) => Array.from({ length: weight }, () => name));

interface Compared {
  name: string;
  real: unknown;
  model: unknown;
}

interface Ticket {
  endpoint: Endpoint;
  ticket: string;
  dueAtMs: number;
}

class Run {
  private readonly memory: BudgetMemory = emptyMemory();
  private tickets: Ticket[] = [];
  private made = 0;
  private isUp = true;

  constructor(private readonly random: Random) {
    forget(this.memory);
  }

  /** As many calls as a way has to be known from. */
  async learnWays(): Promise<void> {
    const call = { ticket: "before", healthy: true, knownWaysMs: [] };
    for (let calls = 0; calls < WAYS_NEEDED; calls++) {
      const wayMs = this.random.between(300, 600) / 10;
      const took = { tookMs: wayMs, wayMs };
      await landReal({ endpoint: "placeOrder", ...call, took });
      land(this.memory, nowMs, "placeOrder", call.ticket, { guardMs: GUARD_MS, ...call, took });
    }
  }

  async act(name: string): Promise<Compared> {
    const { random, memory } = this;
    const endpoint = random.pick(LIMITED);
    const productIds = random.pick(PRODUCTS);
    switch (name) {
      case "reserve":
        return this.reserve(endpoint);
      case "depart at its moment":
      case "depart":
        return this.depart(name);
      case "land":
        return this.land();
      case "take products": {
        const { ticket, endpoint: own } = this.pick("placeOrder");
        const real = await takeProductsReal({ endpoint: own, ticket }, productIds);
        return { name, real, model: takeProducts(memory, nowMs, own, PRODUCT, ticket, productIds) };
      }
      case "give back": {
        const turn = this.pick();
        await giveBackReal(turn, productIds);
        giveBack(memory, turn.endpoint, turn.ticket, productIds);
        return { name, real: null, model: null };
      }
      case "use":
        return { name, real: await productUseReal(), model: productUse(memory, nowMs, PRODUCT) };
      case "usage":
        return { name, real: await this.usageOf(endpoint), model: this.modelUsageOf(endpoint) };
      case "pause": {
        const seconds = random.between(1, 30);
        await pauseEndpoint(endpoint, seconds);
        pause(memory, nowMs, endpoint, seconds * 1_000);
        return { name, real: null, model: null };
      }
      default:
        if (random.chance(0.5)) return { name, real: null, model: null };
        upstash.flush();
        forget(memory);
        return { name, real: null, model: null };
    }
  }

  private async reserve(endpoint: Endpoint): Promise<Compared> {
    const { random, memory } = this;
    const ticket = `t${++this.made}`;
    const maxWaitMs = random.pick([0, 700, 6_000, 60_000]);
    const eager = endpoint === "getOrder";
    const past = pastCalls(random);
    const real = await reserveReal({ endpoint, ticket, maxWaitMs, eager }, () => warmLimits(past));
    const budget = BUDGETS[endpoint];
    let model = reserve(memory, nowMs, endpoint, budget, ticket, maxWaitMs, GUARD_MS);
    if (model.kind === "cold") {
      warm(
        memory,
        nowMs,
        past.map(({ endpoint: key, ...call }) => ({ key, ...call })),
      );
      model = reserve(memory, nowMs, endpoint, budget, ticket, maxWaitMs, GUARD_MS);
    }
    if (model.kind !== "turn") return { name: "reserve", real, model };
    this.tickets = [{ endpoint, ticket, dueAtMs: nowMs + model.waitMs }, ...this.tickets].slice(0, TICKETS_KEPT);
    const left =
      eager && model.waitMs === 0 && depart(memory, nowMs, endpoint, budget, ticket, { guardMs: GUARD_MS }).kind === "go";
    return { name: "reserve", real, model: { ...model, departed: left } };
  }

  private async depart(name: string): Promise<Compared> {
    const { random, memory } = this;
    const turn = this.pick();
    const { endpoint, ticket, dueAtMs } = turn;
    if (name === "depart at its moment") nowMs = Math.max(nowMs, dueAtMs + random.between(-30, 150));
    const [productIds, unusedIds] =
      endpoint === "placeOrder" ? [random.pick(PRODUCTS), random.chance(0.3) ? [4, 2] : []] : [[], []];
    const extra = { productIds, unusedIds: unusedIds.filter((id) => !productIds.some((used) => used === id)) };
    const lateMs = random.pick([0, 0, 300]);
    const aheadMs = random.pick([0, 50]);
    const { redisMs, ...real } = await departReal({ endpoint, ticket, ...extra, lateMs, aheadMs });
    expect(redisMs).toBe(nowMs);
    const departing = { guardMs: GUARD_MS, productBudget: PRODUCT, ...extra, lateMs, aheadMs };
    return { name, real, model: depart(memory, nowMs, endpoint, BUDGETS[endpoint], ticket, departing) };
  }

  private async land(): Promise<Compared> {
    const { random, memory } = this;
    const { endpoint, ticket } = this.pick();
    const productIds = endpoint === "placeOrder" ? random.pick(PRODUCTS) : [];
    const wayMs = random.between(300, 600) / 10;
    const came = random.chance(0.8);
    // It answers for a while, and then does not.
    if (random.chance(0.15)) this.isUp = !this.isUp;
    const healthy = random.chance(this.isUp ? 0.95 : 0.05);
    const landing = {
      productIds,
      healthy,
      knownWaysMs: Array.from({ length: random.between(0, WAYS_NEEDED) }, () => random.between(300, 600) / 10),
      ...(came ? { took: { tookMs: wayMs + random.between(0, 300) / 10, wayMs } } : {}),
      ...(came && random.chance(0.1) ? { throttledMs: random.between(1, 4) * 1_000 } : {}),
    };
    const before = endpointMemory(memory, endpoint).departed.scoreOf(ticket);
    const real = await landReal({ endpoint, ticket, ...landing });
    const model = land(memory, nowMs, endpoint, ticket, { guardMs: GUARD_MS, productBudget: PRODUCT, ...landing });
    const lowered = before !== endpointMemory(memory, endpoint).departed.scoreOf(ticket);
    return { name: "land", real: { ...real, lowered }, model: { ...model, lowered } };
  }

  private async usageOf(endpoint: Endpoint) {
    const usage = (await readBudgetUsage(nowMs)).find((each) => each.endpoint === endpoint);
    const breaker = (await readBreakers(nowMs)).find((each) => each.endpoint === endpoint);
    return {
      guardMs: usage?.guard.nowMs,
      pausedUntilMs: usage?.pausedUntil?.getTime() ?? 0,
      failures: breaker?.failures,
      state: breaker?.state,
    };
  }

  private modelUsageOf(endpoint: Endpoint) {
    const { guardMs, pausedUntilMs, breaker } = endpointMemory(this.memory, endpoint);
    const state = breaker.openUntilMs === 0 ? "closed" : nowMs < breaker.openUntilMs ? "open" : "half_open";
    return {
      guardMs: Math.max(guardMs, GUARD_MS),
      pausedUntilMs: pausedUntilMs > nowMs ? pausedUntilMs : 0,
      failures: breaker.failures,
      state,
    };
  }

  /** One of the last tickets, or one that was never given out. */
  private pick(endpoint?: Endpoint): Ticket {
    const fitting = this.tickets.filter((ticket) => endpoint === undefined || ticket.endpoint === endpoint);
    const known = this.random.chance(0.95) && fitting.length > 0;
    return known ? this.random.pick(fitting) : { endpoint: endpoint ?? "getOrder", ticket: "unknown", dueAtMs: 0 };
  }
}

/** Calls that the database remembers when Redis does not, oldest first. */
function pastCalls(random: Random): PastCall[] {
  return Array.from({ length: random.between(0, 8) }, (_, call) => ({
    endpoint: "placeOrder",
    productIds: random.pick(PRODUCTS),
    ageMs: random.between(0, 8_000) * (call + 1),
  }));
}

function wordsOf(model: unknown): string[] {
  if (typeof model !== "object" || model === null) return [];
  const told = model instanceof Map ? [] : Object.entries(model);
  return told.flatMap(([key, value]) => {
    if ((key === "departed" || key === "lowered") && value === true) return [key];
    if (key === "waitMs" && "kind" in model && model.kind === "go" && typeof value === "number" && value > 0) return ["ahead"];
    return (key === "kind" || key === "because" || key === "change") && typeof value === "string" && value !== "not_now"
      ? [value]
      : [];
  });
}

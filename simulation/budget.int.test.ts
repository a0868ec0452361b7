import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { enterBreaker as askBreaker, reportToBreaker as reportBreaker } from "@/lib/bamboo/breaker";
import { BUDGETS, SETTLING_MS } from "@/lib/bamboo/budgets";
import { productWaits } from "@/lib/bamboo/product-waits";
import { reserveCheckout, reserveProducts, reserveSlot, type Slot } from "@/lib/bamboo/reserve-slot";
import { pauseEndpoint } from "@/lib/bamboo/throttle";
import { type PastCall, warmBudgets } from "@/lib/bamboo/warm-budgets";
import { startUpstash, type Upstash } from "@/local/upstash/start";
import { Random } from "./engine/random";
import { closedBreaker, enterBreaker, reportToBreaker } from "./outside/breaker";
import { type BudgetMemory, emptyMemory, forget, type KeyedBudget, pause, reserve, waitOf, warm } from "./outside/budget";

/** A Redis of its own, on a clock that the test sets: minutes of windows pass in no time, and both sides see the same millisecond. */
let upstash: Upstash;
let nowMs = 1_800_000_000_000;

beforeAll(async () => {
  upstash = await startUpstash({ token: "budget", now: () => nowMs });
  vi.stubEnv("UPSTASH_REDIS_REST_URL", upstash.url);
  vi.stubEnv("UPSTASH_REDIS_REST_TOKEN", "budget");
});

afterAll(() => upstash.stop());

const SEQUENCES = 12;
const STEPS = 60;
const BREAKER_STEPS = 300;
const PRODUCTS = [1, 2] as const;
const LIMITED = ["placeOrder", "getOrder"] as const;
const MAX_WAITS_MS = [0, 6_000, 8_000, 60_000] as const;
const TIMEOUT_MS = 60_000;

it("the model of the budgets answers as the script does, whatever came before", { timeout: TIMEOUT_MS }, async () => {
  const met = new Set<string>();
  for (let seed = 1; seed <= SEQUENCES; seed++) {
    const random = new Random(seed);
    const memory = emptyMemory();
    forget(memory);
    upstash.flush();
    for (let step = 0; step < STEPS; step++) {
      nowMs += random.between(0, random.pick([0, 400, 5_000, 70_000]));
      const { name, real, model } = await act(random, memory);
      expect(real, `sequence ${seed}, step ${step}: ${name}`).toEqual(model);
      met.add(name);
      if (typeof model === "object" && "granted" in model) met.add(model.granted ? "granted" : "refused");
    }
  }
  expect([...met].sort()).toEqual(["checkout", "forget", "granted", "pause", "products", "refused", "slot", "waits"]);
});

it("and so does the model of the breaker", { timeout: TIMEOUT_MS }, async () => {
  const met = new Set<string>();
  const random = new Random(1);
  const breaker = closedBreaker();
  upstash.flush();
  for (let step = 0; step < BREAKER_STEPS; step++) {
    nowMs += random.between(0, random.pick([0, 2_000, 20_000]));
    if (random.chance(0.6)) {
      const healthy = random.chance(0.1);
      await reportBreaker("placeOrder", healthy);
      reportToBreaker(breaker, nowMs, healthy);
      continue;
    }
    const waitMs = enterBreaker(breaker, nowMs);
    expect(await askBreaker("placeOrder"), `step ${step}`).toEqual({ allowed: waitMs === 0, waitMs });
    met.add(waitMs === 0 ? (breaker.probeUntilMs > nowMs ? "probe" : "closed") : "open");
  }
  expect([...met].sort()).toEqual(["closed", "open", "probe"]);
});

interface Compared {
  name: string;
  real: unknown;
  model: object;
}

async function act(random: Random, memory: BudgetMemory): Promise<Compared> {
  const maxWaitMs = random.pick(MAX_WAITS_MS);
  const products = random.pick([[1], [2], [1, 2]]);
  const endpoint = random.pick(LIMITED);
  const past = pastCalls(random);
  const warmReal = () => warmBudgets(past);
  switch (random.pick(["slot", "slot", "checkout", "checkout", "products", "products", "waits", "pause", "forget"])) {
    case "slot": {
      const real = reserved(await reserveSlot(endpoint, maxWaitMs, warmReal));
      return { name: "slot", real, model: ask(memory, endpoint, [endpointBudget(endpoint)], maxWaitMs, past) };
    }
    case "checkout": {
      const real = reserved(await reserveCheckout(products, maxWaitMs, warmReal));
      return {
        name: "checkout",
        real,
        model: ask(memory, "placeOrder", [endpointBudget("placeOrder"), ...products.map(productBudget)], maxWaitMs, past),
      };
    }
    case "products": {
      const real = reserved(await reserveProducts(products, maxWaitMs, warmReal));
      return { name: "products", real, model: ask(memory, "placeOrder", products.map(productBudget), maxWaitMs, past) };
    }
    case "waits": {
      const real = await productWaits(PRODUCTS);
      return { name: "waits", real, model: new Map(PRODUCTS.map((id) => [id, waitOf(memory, nowMs, productBudget(id))])) };
    }
    case "pause": {
      const seconds = random.between(1, 70);
      await pauseEndpoint(endpoint, seconds);
      pause(memory, nowMs, endpoint, seconds * 1_000);
      return { name: "pause", real: {}, model: {} };
    }
    default:
      upstash.flush();
      forget(memory);
      return { name: "forget", real: {}, model: {} };
  }
}

/** What a slot says of the reservation, less when it was asked for. */
type Reserved = Pick<Slot, "granted" | "waitMs" | "marker">;
const reserved = ({ granted, waitMs, marker }: Slot): Reserved => ({ granted, waitMs, marker });

/** As `reserve` of lib/bamboo/reserve-slot.ts asks: once more after the memory was refilled. */
function ask(
  memory: BudgetMemory,
  pauseKey: string,
  budgets: readonly KeyedBudget[],
  maxWaitMs: number,
  past: readonly PastCall[],
): Reserved {
  let got = reserve(memory, nowMs, pauseKey, budgets, maxWaitMs, SETTLING_MS);
  if (got.kind === "cold") {
    const calls = [...past]
      .sort((a, b) => b.ageMs - a.ageMs)
      .flatMap(({ productIds, ageMs }) =>
        [endpointBudget("placeOrder"), ...productIds.map(productBudget)].map(({ key, limit }) => ({ key, limit, ageMs })),
      );
    warm(memory, nowMs, calls);
    got = reserve(memory, nowMs, pauseKey, budgets, maxWaitMs, SETTLING_MS);
  }
  if (got.kind === "cold") throw new Error("the model is cold right after it was refilled");
  const granted = got.kind === "granted";
  return { granted, waitMs: got.waitMs, marker: granted ? memory.marker : 0 };
}

/** Checkouts that the database remembers when Redis does not. */
function pastCalls(random: Random): PastCall[] {
  return Array.from({ length: random.between(0, 8) }, (_, call) => ({
    endpoint: "placeOrder",
    productIds: random.pick([[1], [2], [1, 2]]),
    ageMs: random.between(0, 8_000) * (call + 1),
  }));
}

function endpointBudget(endpoint: (typeof LIMITED)[number]): KeyedBudget {
  return { key: endpoint, ...BUDGETS[endpoint] };
}

function productBudget(productId: number): KeyedBudget {
  return { key: `product:${productId}`, ...BUDGETS.placeOrderProduct };
}

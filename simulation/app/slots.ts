import { BUDGETS, type Endpoint, SETTLING_MS, UNCHECKED_WAIT_MS } from "@/lib/bamboo/budgets";
import { db, redis, redisAnswer, reservationAnswer, sleep } from "../engine/awaits";
import { OUTAGE } from "../engine/failures";
import { happens } from "../engine/faults";
import { currentTask, DONE, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { enterBreaker } from "../outside/breaker";
import { forget, type KeyedBudget, reserve, warm } from "../outside/budget";

/** A reservation: refused while `grantedAtMs` is 0, then `waitMs` says how long to wait. */
export interface Slot {
  grantedAtMs: number;
  askedAtMs: number;
  answeredAtMs: number;
  /** As the process reckons it: from when it asked, and its shortest way to Redis and back. */
  dueAtMs: number;
  waitMs: number;
  marker: number;
}

export function newSlot(): Slot {
  return { grantedAtMs: 0, askedAtMs: 0, answeredAtMs: 0, dueAtMs: 0, waitMs: 0, marker: 0 };
}

type Limited = "placeOrder" | "getOrder";

/** lib/dispatch/wait-for-slot.ts */
const LATE_MS = 120;
const MISSED_WAIT_MS = 1_000;
const CHECK_AHEAD_MS = 500;
const TRIPS_KEPT = 20;
const TRIPS_NEEDED = 5;
const MAX_TRIP_MS = 100;
/** lib/supplier/supplier.ts */
const MEMORY_MS = 70_000;
const ENDPOINT_BUDGETS = {
  placeOrder: { key: "placeOrder", ...BUDGETS.placeOrder },
  getOrder: { key: "getOrder", ...BUDGETS.getOrder },
} as const satisfies Partial<Record<Endpoint, KeyedBudget>>;
const WITHOUT_GAP: KeyedBudget = { ...ENDPOINT_BUDGETS.placeOrder, gapMs: 0 };
const productBudgets = new Map<number, KeyedBudget>();

export function isGranted({ grantedAtMs }: Slot): boolean {
  return grantedAtMs > 0;
}

export function productBudget(productId: number): KeyedBudget {
  let budget = productBudgets.get(productId);
  if (!budget) {
    budget = { key: `product:${productId}`, ...BUDGETS.placeOrderProduct };
    productBudgets.set(productId, budget);
  }
  return budget;
}

function checkoutBudget({ planted }: World): KeyedBudget {
  return planted === "gap-forgotten" ? WITHOUT_GAP : ENDPOINT_BUDGETS.placeOrder;
}

/** Follows `slot` of lib/bamboo/supplier.ts. */
export function* endpointSlot(world: World, slot: Slot, endpoint: Limited, maxWaitMs: number): Steps {
  if (yield* isOpen(world, slot, endpoint)) return DONE;
  return yield* reserveFrom(
    world,
    slot,
    endpoint,
    [endpoint === "placeOrder" ? checkoutBudget(world) : ENDPOINT_BUDGETS[endpoint]],
    maxWaitMs,
  );
}

/** Follows `checkoutSlot`: the endpoint's budget and every product's window together. */
export function* checkoutSlot(
  world: World,
  slot: Slot,
  productIds: readonly number[],
  maxWaitMs: number,
  entered: boolean,
): Steps {
  if (!entered && (yield* isOpen(world, slot, "placeOrder"))) return DONE;
  return yield* reserveFrom(world, slot, "placeOrder", [checkoutBudget(world), ...productIds.map(productBudget)], maxWaitMs);
}

/** Follows `productSlots`. */
export function productSlots(world: World, slot: Slot, productIds: readonly number[], maxWaitMs: number): Steps {
  return reserveFrom(world, slot, "placeOrder", productIds.map(productBudget), maxWaitMs);
}

/** Follows lib/dispatch/wait-for-slot.ts: 1 when the slot was granted, slept for, and still holds; else `waitMs` says how long to wait. */
export function* waitForSlot(world: World, slot: Slot): Steps {
  if (!isGranted(slot)) return 0;
  const { answeredAtMs, askedAtMs, waitMs } = slot;
  slot.dueAtMs = askedAtMs + shortestTrip(currentTask(world).process, answeredAtMs - askedAtMs) + waitMs;
  if (waitMs > UNCHECKED_WAIT_MS) {
    yield sleep(world, waitMs - CHECK_AHEAD_MS);
    if (!(yield* stillHolds(world, slot))) return 0;
  }
  const sleepMs = sleep(world, Math.max(answeredAtMs + waitMs - world.nowMs, 0));
  if (sleepMs > 0) yield sleepMs;
  if (!isLate(world, slot)) return 1;
  slot.waitMs = MISSED_WAIT_MS;
  return 0;
}

export function isLate({ nowMs }: World, { dueAtMs }: Slot): boolean {
  return nowMs - dueAtMs > LATE_MS;
}

function* stillHolds(world: World, slot: Slot): Steps {
  yield redis(world);
  const holds = world.budgets.marker === slot.marker;
  const backMs = redisAnswer(world);
  if (backMs > 0) yield backMs;
  if (!holds) slot.waitMs = 0;
  return holds ? 1 : 0;
}

function shortestTrip({ trips }: Process, tripMs: number): number {
  trips.push(tripMs);
  if (trips.length > TRIPS_KEPT) trips.shift();
  if (trips.length < TRIPS_NEEDED) return 0;
  let shortestMs = MAX_TRIP_MS;
  for (const keptMs of trips) if (keptMs < shortestMs) shortestMs = keptMs;
  return shortestMs;
}

/** 1 when the breaker keeps the call back. */
function* isOpen(world: World, slot: Slot, endpoint: Limited): Steps {
  yield redis(world);
  const waitMs = enterBreaker(world.breakers[endpoint], world.nowMs);
  const backMs = redisAnswer(world);
  if (backMs > 0) yield backMs;
  if (waitMs === 0) return 0;
  slot.grantedAtMs = 0;
  slot.waitMs = waitMs;
  return 1;
}

function* reserveFrom(world: World, slot: Slot, endpoint: Limited, budgets: readonly KeyedBudget[], maxWaitMs: number): Steps {
  if (happens(world, "redis-forgets")) forget(world.budgets);
  slot.askedAtMs = world.nowMs;
  yield redis(world);
  let got = reserve(world.budgets, world.nowMs, endpoint, budgets, maxWaitMs, SETTLING_MS);
  if (got.kind === "cold") {
    const coldMs = redisAnswer(world);
    if (coldMs > 0) yield coldMs;
    yield* warmUp(world);
    yield redis(world);
    got = reserve(world.budgets, world.nowMs, endpoint, budgets, maxWaitMs, SETTLING_MS);
    if (got.kind === "cold") throw OUTAGE;
  }
  slot.grantedAtMs = got.kind === "granted" ? world.nowMs + got.waitMs : 0;
  slot.waitMs = got.waitMs;
  slot.marker = world.budgets.marker;
  const backMs = reservationAnswer(world);
  if (backMs > 0) yield backMs;
  slot.answeredAtMs = world.nowMs;
  return DONE;
}

/** Follows `pastCalls`: checkouts come from the attempts, one without an end as if it left now. */
function* warmUp(world: World): Steps {
  yield db(world);
  const { nowMs, tables } = world;
  const calls: { key: string; ageMs: number; limit: number }[] = [];
  for (const { attempts, productIds } of tables.dispatches)
    for (const { finishedAtMs } of attempts) {
      const ageMs = nowMs - (finishedAtMs ?? nowMs);
      if (ageMs >= MEMORY_MS) continue;
      for (const { key, limit } of [ENDPOINT_BUDGETS.placeOrder, ...productIds.map(productBudget)])
        calls.push({ key, ageMs, limit });
    }
  calls.sort((a, b) => b.ageMs - a.ageMs);
  yield redis(world);
  warm(world.budgets, world.nowMs, calls);
  const backMs = redisAnswer(world);
  if (backMs > 0) yield backMs;
  return DONE;
}

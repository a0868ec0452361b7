import { BUDGETS, type Endpoint, SETTLING_MS, UNCHECKED_WAIT_MS } from "@/lib/bamboo/budgets";
import { db, redis, reservationAnswer, sleep } from "../engine/awaits";
import { OUTAGE } from "../engine/failures";
import { happens } from "../engine/faults";
import { DONE, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { enterBreaker } from "../outside/breaker";
import { forget, type KeyedBudget, reserve, warm } from "../outside/budget";

/** A reservation: refused while `grantedAtMs` is 0, then `waitMs` says how long to wait. */
export interface Slot {
  grantedAtMs: number;
  askedAtMs: number;
  /** As the process reckons it, from when it asked. */
  dueAtMs: number;
  waitMs: number;
  marker: number;
}

export function newSlot(): Slot {
  return { grantedAtMs: 0, askedAtMs: 0, dueAtMs: 0, waitMs: 0, marker: 0 };
}

type Limited = "placeOrder" | "getOrder";

/** lib/supplier/supplier.ts */
const MEMORY_MS = 70_000;
const ENDPOINT_BUDGETS = {
  placeOrder: { key: "placeOrder", ...BUDGETS.placeOrder },
  getOrder: { key: "getOrder", ...BUDGETS.getOrder },
} as const satisfies Partial<Record<Endpoint, KeyedBudget>>;
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

/** Follows `slot` of lib/bamboo/supplier.ts. */
export function* endpointSlot(world: World, slot: Slot, endpoint: Limited, maxWaitMs: number): Steps {
  if (yield* isOpen(world, slot, endpoint)) return DONE;
  return yield* reserveFrom(world, slot, endpoint, [ENDPOINT_BUDGETS[endpoint]], maxWaitMs);
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
  return yield* reserveFrom(
    world,
    slot,
    "placeOrder",
    [ENDPOINT_BUDGETS.placeOrder, ...productIds.map(productBudget)],
    maxWaitMs,
  );
}

/** Follows `productSlots`. */
export function productSlots(world: World, slot: Slot, productIds: readonly number[], maxWaitMs: number): Steps {
  return reserveFrom(world, slot, "placeOrder", productIds.map(productBudget), maxWaitMs);
}

/** Follows lib/dispatch/wait-for-slot.ts: 1 when the slot was granted, slept for, and still holds; else `waitMs` says how long to wait. */
export function* waitForSlot(world: World, slot: Slot): Steps {
  if (!isGranted(slot)) return 0;
  slot.dueAtMs = slot.askedAtMs + slot.waitMs;
  const sleepMs = sleep(world, slot.waitMs);
  if (sleepMs > 0) yield sleepMs;
  if (slot.waitMs <= UNCHECKED_WAIT_MS) return 1;
  yield redis(world);
  if (world.budgets.marker === slot.marker) return 1;
  slot.waitMs = 0;
  return 0;
}

/** 1 when the breaker keeps the call back. */
function* isOpen(world: World, slot: Slot, endpoint: Limited): Steps {
  yield redis(world);
  const waitMs = enterBreaker(world.breakers[endpoint], world.nowMs);
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
  return DONE;
}

import { type Because, BUDGETS, type Budget } from "@/lib/bamboo/budgets";
import { FRESH_TURNS } from "@/lib/dispatch/plan-dispatch";
import { db, redis, redisAnswer, reservationAnswer } from "../engine/awaits";
import { OUTAGE } from "../engine/failures";
import { happens } from "../engine/faults";
import { count } from "../engine/tally";
import { type Awaits, currentTask, DONE, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import {
  endpointMemory,
  forget,
  giveBack,
  productUse,
  type RememberedCall,
  type Reservation,
  reserve,
  takeProducts,
  warm,
} from "../outside/budget";
import { hasOpenWay, NEW_WAY_MS } from "../outside/sockets";
import { departFor, GUARD_MS } from "./depart-in-turn";

/** The right to make one call at its moment, as lib/bamboo/turn.ts has it. */
export interface Turn {
  kind: "turn";
  endpoint: Limited;
  ticket: string;
  dueAtMs: number;
  /** Products of which it holds a place. */
  probe: boolean;
  held: Set<number>;
  /** Where it departed in the step that gave it: when that was asked, and whether it reckoned with an open connection. */
  departed: { atMs: number; openWay: boolean } | null;
}

export interface NotNow {
  kind: "not_now";
  waitMs: number;
  because: Because | "product";
}

export type Limited = "placeOrder" | "getOrder";

/** What longestWindowMs and the margin of lib/bamboo/supplier.ts make, and the longest attempt of lib/supplier/supplier.ts. */
const MEMORY_MS = 70_000;
const LONGEST_ATTEMPT_MS = 60_000;
export const PRODUCT_BUDGET = BUDGETS.placeOrderProduct;
const WITHOUT_GAP: Budget = { ...BUDGETS.placeOrder, gapMs: 0, limit: 3 };

export function budgetOf({ planted }: World, endpoint: Limited): Budget {
  return planted === "gap-forgotten" && endpoint === "placeOrder" ? WITHOUT_GAP : BUDGETS[endpoint];
}

/** Follows lib/bamboo/turn.ts and reserve.ts. A read departs in the same step where it can. */
export function* reserveTurn(world: World, endpoint: Limited, maxWaitMs: number): Awaits<Turn | NotNow> {
  if (happens(world, "redis-forgets")) loseMemory(world);
  const ticket = `t${++world.tickets}`;
  const { process } = currentTask(world);
  const openWay = hasOpenWay(process, world.nowMs);
  const lateMs = openWay ? 0 : NEW_WAY_MS;
  const askedAtMs = world.nowMs;
  yield redis(world);
  let got = reserve(world.budgets, world.nowMs, endpoint, budgetOf(world, endpoint), ticket, maxWaitMs, GUARD_MS);
  if (got.kind === "cold") {
    const coldMs = redisAnswer(world);
    if (coldMs > 0) yield coldMs;
    yield* warmUp(world);
    yield redis(world);
    got = reserve(world.budgets, world.nowMs, endpoint, budgetOf(world, endpoint), ticket, maxWaitMs, GUARD_MS);
    if (got.kind === "cold") throw OUTAGE;
  }
  const went = endpoint === "getOrder" && goesAtOnce(world, got, ticket, lateMs);
  noteProbe(world, endpoint, ticket);
  const backMs = reservationAnswer(world);
  if (backMs > 0) yield backMs;
  if (got.kind === "not_now") return got;
  const departed = went ? { atMs: askedAtMs, openWay } : null;
  return { kind: "turn", endpoint, ticket, dueAtMs: askedAtMs + got.waitMs, probe: got.probe, held: new Set(), departed };
}

function goesAtOnce(world: World, got: Reservation, ticket: string, lateMs: number): boolean {
  return got.kind === "turn" && got.waitMs === 0 && departFor(world, "getOrder", ticket, lateMs).kind === "go";
}

/** Whoever has the probe may die of it. */
function noteProbe(world: World, endpoint: Limited, ticket: string): void {
  const { breaker } = endpointMemory(world.budgets, endpoint);
  if (breaker.probe !== ticket) return;
  count(world.tally.facts, "probes");
  if (happens(world, "probe-dies")) currentTask(world).dies = true;
}

/** Everything that Redis kept. */
export function loseMemory(world: World): void {
  forget(world.budgets);
  world.drainWord = null;
  world.turns = FRESH_TURNS;
}

/** Follows lib/bamboo/product-places.ts: a place of each product; answers the waits of those that have none. */
export function* takePlaces(world: World, turn: Turn, productIds: readonly number[]): Awaits<ReadonlyMap<number, number>> {
  if (world.planted === "places-not-taken" || productIds.length === 0) return NONE;
  yield redis(world);
  const full = takeProducts(world.budgets, world.nowMs, turn.endpoint, PRODUCT_BUDGET, turn.ticket, productIds);
  const backMs = redisAnswer(world);
  if (backMs > 0) yield backMs;
  for (const id of productIds) if (!full.has(id)) turn.held.add(id);
  return full;
}

const NONE: ReadonlyMap<number, number> = new Map();

export function* productsInUse(world: World): Awaits<ReadonlyMap<number, readonly number[]>> {
  yield redis(world);
  const use = productUse(world.budgets, world.nowMs, PRODUCT_BUDGET);
  const backMs = redisAnswer(world);
  if (backMs > 0) yield backMs;
  return use;
}

/** Follows lib/bamboo/give-back.ts. */
export function* giveBackTurn(world: World, { endpoint, ticket, held }: Turn, productIds: readonly number[]): Steps {
  yield redis(world);
  giveBack(world.budgets, endpoint, ticket, [...new Set([...held, ...productIds])]);
  count(world.tally.facts, "turns given back");
  const backMs = redisAnswer(world);
  if (backMs > 0) yield backMs;
  return DONE;
}

/** Follows `pastCalls` of lib/supplier/supplier.ts: checkouts come from the attempts, one without an end as if it left now. */
function* warmUp(world: World): Steps {
  yield db(world);
  const { nowMs, tables } = world;
  const calls: RememberedCall[] = [];
  for (const { attempts, productIds } of tables.dispatches)
    for (const { startedAtMs, finishedAtMs } of attempts) {
      const ageMs = nowMs - (finishedAtMs ?? nowMs);
      if (ageMs < MEMORY_MS && nowMs - startedAtMs < MEMORY_MS + LONGEST_ATTEMPT_MS)
        calls.push({ key: "placeOrder", ageMs, productIds });
    }
  yield redis(world);
  warm(world.budgets, world.nowMs, calls);
  const backMs = redisAnswer(world);
  if (backMs > 0) yield backMs;
  return DONE;
}

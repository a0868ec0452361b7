import { type Because, type Budget, SETTLING_MS } from "@/lib/bamboo/budgets";
import { baseWayMs, GUARD_KEPT, MAX_GUARD_MS, WAYS_KEPT } from "@/lib/bamboo/way";
import { type BreakerChange, breakerWait, freeProbe, MAX_PROBE_WAIT_MS, reportToBreaker, takeProbe } from "./breaker";
import { type BudgetMemory, type EndpointMemory, endpointMemory, keep, roomAtMs, turnMoment } from "./budget-memory";
import { dropPlace, placesOf, roomForAtMs, setPlace } from "./product-places";

export { type BudgetMemory, emptyMemory, endpointMemory, forget } from "./budget-memory";

export interface NotNow {
  kind: "not_now";
  waitMs: number;
  because: Because | "product";
}

/** `cold`: the memory has settled and is to be refilled (`warm`), then asked again. */
export type Reservation = { kind: "cold" } | { kind: "turn"; waitMs: number; probe: boolean } | NotNow;

export interface Departing {
  /** The base; a 429 widens it. */
  guardMs: number;
  productIds?: readonly number[];
  productBudget?: Budget;
  /** Held by the ticket, and not needed after all. */
  unusedIds?: readonly number[];
  /** How much longer this call may take to arrive than another. */
  lateMs?: number;
  /** How far ahead a moment may be granted. */
  aheadMs?: number;
}

/** `waitMs`: until the moment it was granted, with fractions. */
export type Departure = { kind: "go"; waitMs?: number } | NotNow;

export interface Landing {
  guardMs: number;
  productIds?: readonly number[];
  productBudget?: Budget;
  /** Absent where no answer came: from the granted moment at the earliest to the answer, and from the request to the answer. */
  took?: { tookMs: number; wayMs: number };
  healthy: boolean;
  /** How long a 429 asks everybody to wait; 0 where there was none. */
  throttledMs?: number;
  /** Of earlier calls of the process, newest first: what it tells where the memory knows none. */
  knownWaysMs?: readonly number[];
}

const MICROSECONDS = 1_000;
/** By how much the true time may be past what a clock says that counts whole milliseconds. */
const TICK_MS = 1;
const FINE_TICK_MS = 0.001;
const NO_PRODUCTS: Budget = { limit: 1, windowMs: 1, gapMs: 0 };

/** The next moment in the endpoint's timetable. A wait beyond `maxWaitMs` is answered, not reserved. */
export function reserve(
  memory: BudgetMemory,
  nowMs: number,
  key: string,
  budget: Budget,
  ticket: string,
  maxWaitMs: number,
  guardMs: number,
): Reservation {
  if (memory.marker === 0) {
    if (memory.settledAtMs === 0) memory.settledAtMs = nowMs + SETTLING_MS;
    return nowMs < memory.settledAtMs ? notNow(memory.settledAtMs - nowMs, "settling") : { kind: "cold" };
  }
  const endpoint = endpointMemory(memory, key);
  const { breaker, turns, pausedUntilMs } = endpoint;
  const brokenMs = breakerWait(breaker, nowMs, ticket);
  if (brokenMs > 0) return notNow(brokenMs, "breaker");
  turns.remove(ticket);
  const freeAtMs = Math.max(nowMs, roomAtMs(turns, budget, widenedMs(endpoint, guardMs)));
  const atMs = Math.max(freeAtMs, pausedUntilMs);
  if (atMs - nowMs > maxWaitMs) return notNow(atMs - nowMs, atMs > freeAtMs ? "paused" : "limit");
  keep(turns, ticket, atMs, nowMs, budget);
  takeProbe(breaker, nowMs, ticket);
  return { kind: "turn", waitMs: Math.floor(atMs - nowMs), probe: breaker.openUntilMs > 0 };
}

/** Lets the ticket's call go, now or at a moment so little ahead, or says how long it has to wait. Who asks again has not sent. */
export function depart(
  memory: BudgetMemory,
  nowMs: number,
  key: string,
  budget: Budget,
  ticket: string,
  { guardMs, productIds = [], productBudget = NO_PRODUCTS, unusedIds = [], lateMs = 0, aheadMs = 0 }: Departing,
): Departure {
  const endpoint = endpointMemory(memory, key);
  const { turns, departed, breaker } = endpoint;
  const turnAtMs = turnMoment(memory, nowMs, turns, ticket);
  if (turnAtMs === undefined) return notNow(0, "settling");
  departed.remove(ticket);
  const brokenMs = breakerWait(breaker, nowMs, ticket);
  if (brokenMs > 0) return notNow(brokenMs, "breaker");
  if (endpoint.pausedUntilMs > nowMs + aheadMs) return notNow(endpoint.pausedUntilMs - nowMs, "paused");
  const freeAtMs = Math.max(nowMs, turnAtMs, endpoint.pausedUntilMs, roomAtMs(departed, budget));
  const live = productIds.map((id) => ({ id, places: placesOf(memory.products, nowMs, id, productBudget) }));
  const atMs = Math.max(freeAtMs, ...live.map(({ places }) => roomForAtMs(places, ticket, productBudget)));
  if (atMs > nowMs + aheadMs) return notNow(atMs - nowMs, atMs > freeAtMs ? "product" : "limit");
  takeProbe(breaker, nowMs, ticket);
  const arrivedAtMs = atMs + Math.max(endpoint.guardMs, guardMs) + lateMs;
  keep(departed, ticket, arrivedAtMs, nowMs, budget);
  for (const { id, places } of live)
    setPlace(memory.products, id, places, { kind: "left", ticket, atMs: Math.ceil(arrivedAtMs) });
  for (const id of unusedIds) dropPlace(memory.products, id, ticket);
  keep(turns, ticket, atMs, nowMs, budget);
  moveFollowers(endpoint, turnAtMs, atMs, budget, widenedMs(endpoint, guardMs));
  return { kind: "go", waitMs: Math.ceil((atMs - nowMs) * MICROSECONDS) / MICROSECONDS };
}

function widenedMs(endpoint: EndpointMemory, guardMs: number): number {
  return Math.max(endpoint.guardMs, guardMs) - guardMs;
}

/** Those behind a late one are late by no more than it has to cost them, and stay in turn. */
function moveFollowers(
  { turns, departed }: EndpointMemory,
  fromMs: number,
  wentAtMs: number,
  { limit, windowMs, gapMs }: Budget,
  moreMs: number,
): void {
  const paceMs = (limit === 1 ? Math.max(gapMs, windowMs) : gapMs) + moreMs;
  let lastMs = wentAtMs;
  for (const { member, score } of turns.above(fromMs)) {
    if (departed.scoreOf(member) !== undefined) continue;
    lastMs = Math.max(score, lastMs + paceMs);
    if (lastMs > score) turns.set(member, lastMs);
  }
}

/** What a call taught: when it can have arrived at the latest, a limit that was met, whether the supplier answers. */
export function land(
  memory: BudgetMemory,
  nowMs: number,
  key: string,
  ticket: string,
  { guardMs, productIds = [], productBudget = NO_PRODUCTS, took, healthy, throttledMs = 0, knownWaysMs = [] }: Landing,
): { change: BreakerChange; failures: number } {
  const endpoint = endpointMemory(memory, key);
  const nowGuardMs = Math.max(endpoint.guardMs, guardMs);
  const leftAtMs = endpoint.turns.scoreOf(ticket);
  const boundMs = endpoint.departed.scoreOf(ticket);
  if (took) {
    if (endpoint.waysMs.length === 0) endpoint.waysMs.push(...knownWaysMs);
    endpoint.waysMs.unshift(took.wayMs);
    endpoint.waysMs.length = Math.min(endpoint.waysMs.length, WAYS_KEPT);
    const baseMs = baseWayMs(endpoint.waysMs);
    if (baseMs !== null && leftAtMs !== undefined && boundMs !== undefined) {
      const tickMs = Number.isInteger(nowMs) ? TICK_MS : FINE_TICK_MS;
      const sureMs = leftAtMs + tickMs + Math.max(0, took.tookMs - baseMs) + nowGuardMs - guardMs;
      if (sureMs < boundMs) lowerBound(memory, endpoint, ticket, sureMs, nowMs, productIds, productBudget);
    }
  }
  if (throttledMs > 0) {
    pause(memory, nowMs, key, throttledMs);
    endpoint.guardMs = Math.min(MAX_GUARD_MS, nowGuardMs * 2);
  } else if (took && healthy) endpoint.guardMs = guardMs + Math.floor((nowGuardMs - guardMs) * GUARD_KEPT);
  const change = reportToBreaker(endpoint.breaker, nowMs, ticket, healthy);
  return { change, failures: endpoint.breaker.failures };
}

function lowerBound(
  memory: BudgetMemory,
  { departed }: EndpointMemory,
  ticket: string,
  sureMs: number,
  nowMs: number,
  productIds: readonly number[],
  productBudget: Budget,
): void {
  departed.set(ticket, sureMs);
  for (const id of productIds) {
    const places = placesOf(memory.products, nowMs, id, productBudget);
    if (places.some((place) => place.ticket === ticket && place.kind === "left"))
      setPlace(memory.products, id, places, { kind: "left", ticket, atMs: Math.ceil(sureMs) });
  }
}

/** Holds a place of each product that has one at the ticket's moment; answers how long the others have to wait. */
export function takeProducts(
  memory: BudgetMemory,
  nowMs: number,
  key: string,
  productBudget: Budget,
  ticket: string,
  productIds: readonly number[],
): Map<number, number> {
  const { turns, breaker, pausedUntilMs } = endpointMemory(memory, key);
  const turnAtMs = turnMoment(memory, nowMs, turns, ticket);
  const atMs = Math.max(turnAtMs ?? 0, nowMs);
  const barredMs = breaker.openUntilMs > 0 && breaker.probe !== ticket ? MAX_PROBE_WAIT_MS : 0;
  const shutMs = Math.max(breakerWait(breaker, nowMs, ticket), barredMs, pausedUntilMs - nowMs);
  const full = new Map<number, number>();
  for (const id of productIds) {
    const live = placesOf(memory.products, nowMs, id, productBudget);
    if (live.some((place) => place.ticket === ticket)) continue;
    const freeAtMs = roomForAtMs(live, ticket, productBudget);
    if (turnAtMs === undefined) full.set(id, 0);
    else if (shutMs > 0) full.set(id, Math.ceil(shutMs));
    else if (freeAtMs > atMs) full.set(id, Math.ceil(freeAtMs - nowMs));
    else setPlace(memory.products, id, live, { kind: "held", ticket, atMs: Math.ceil(atMs) });
  }
  return full;
}

/** Frees what a turn has: its moment, its probe, its places. One that went keeps them. */
export function giveBack(memory: BudgetMemory, key: string, ticket: string, productIds: readonly number[] = []): void {
  const { turns, departed, breaker } = endpointMemory(memory, key);
  if (departed.scoreOf(ticket) !== undefined) return;
  turns.remove(ticket);
  freeProbe(breaker, ticket);
  for (const id of productIds) dropPlace(memory.products, id, ticket);
}

/** How long ago each product that counts was ordered, newest first; negative is still ahead. */
export function productUse(memory: BudgetMemory, nowMs: number, productBudget: Budget): Map<number, number[]> {
  const use = new Map<number, number[]>();
  for (const id of [...memory.products.keys()]) {
    const live = placesOf(memory.products, nowMs, id, productBudget);
    if (live.length > 0)
      use.set(
        id,
        live.map(({ atMs }) => Math.floor(nowMs) - atMs),
      );
    else memory.products.delete(id);
  }
  return use;
}

/** A shorter pause never cuts a longer one. */
export function pause(memory: BudgetMemory, nowMs: number, key: string, durationMs: number): void {
  const endpoint = endpointMemory(memory, key);
  endpoint.pausedUntilMs = Math.max(endpoint.pausedUntilMs, nowMs + durationMs);
}

export interface RememberedCall {
  key: string;
  ageMs: number;
  productIds: readonly number[];
}

/** Refills a lost memory with what the database remembers. Whoever comes second changes nothing. */
export function warm(memory: BudgetMemory, nowMs: number, calls: readonly RememberedCall[]): void {
  if (memory.marker !== 0) return;
  for (const [index, { key, ageMs, productIds }] of calls.entries()) {
    const ticket = `past-${index}`;
    const atMs = nowMs - ageMs;
    const { turns, departed } = endpointMemory(memory, key);
    turns.set(ticket, atMs);
    departed.set(ticket, atMs);
    for (const id of productIds) memory.products.set(id, [...(memory.products.get(id) ?? []), { kind: "left", ticket, atMs }]);
  }
  memory.marker = nowMs;
  memory.settledAtMs = 0;
}

function notNow(waitMs: number, because: NotNow["because"]): NotNow {
  return { kind: "not_now", waitMs: Math.ceil(waitMs), because };
}

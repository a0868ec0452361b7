import type { Budget } from "@/lib/bamboo/budgets";
import { type BreakerMemory, closedBreaker } from "./breaker";
import type { Places } from "./product-places";
import { SortedSet } from "./sorted-set";

/**
 * What Redis keeps of the limits, and the scripts of lib/bamboo as plain functions. `budget.int.test.ts` holds the two together. Expiry of
 * keys is left out: a key expires only after it stopped to matter.
 */
export interface BudgetMemory {
  /** Since when this memory is there; 0 after Redis lost it. */
  marker: number;
  /** When a lost memory may be refilled; 0 until somebody asks. */
  settledAtMs: number;
  endpoints: Map<string, EndpointMemory>;
  products: Places;
}

export interface EndpointMemory {
  /** The timetable: tickets by the moment at which they may go, or went. */
  turns: SortedSet;
  /** Tickets that went, by the latest moment at which their call can have arrived. */
  departed: SortedSet;
  pausedUntilMs: number;
  /** 0 is the base. */
  guardMs: number;
  /** From a request sent to its answer, of the last calls, newest first. */
  waysMs: number[];
  breaker: BreakerMemory;
}

/** A ticket whose moment is longer past may be forgotten any time. */
const KEPT_MS = 60_000;

export function emptyMemory(): BudgetMemory {
  return { marker: 1, settledAtMs: 0, endpoints: new Map(), products: new Map() };
}

export function endpointMemory(memory: BudgetMemory, key: string): EndpointMemory {
  let endpoint = memory.endpoints.get(key);
  if (!endpoint) {
    endpoint = {
      turns: new SortedSet(),
      departed: new SortedSet(),
      pausedUntilMs: 0,
      guardMs: 0,
      waysMs: [],
      breaker: closedBreaker(),
    };
    memory.endpoints.set(key, endpoint);
  }
  return endpoint;
}

export function forget(memory: BudgetMemory): void {
  memory.marker = 0;
  memory.settledAtMs = 0;
  memory.endpoints.clear();
  memory.products.clear();
}

/** Nothing where it was not given out, was given back, or is so old that it may be forgotten any time. */
export function turnMoment({ marker }: BudgetMemory, nowMs: number, turns: SortedSet, ticket: string): number | undefined {
  const atMs = turns.scoreOf(ticket);
  return marker !== 0 && atMs !== undefined && atMs > nowMs - KEPT_MS ? atMs : undefined;
}

/** The moment from which the budget has room after those in the set, each followed by so much more. */
export function roomAtMs(set: SortedSet, { limit, windowMs, gapMs }: Budget, moreMs = 0): number {
  const newest = set.newest(1);
  const last = set.newest(limit);
  return Math.max(newest === undefined ? 0 : newest + gapMs + moreMs, last === undefined ? 0 : last + windowMs + moreMs);
}

export function keep(set: SortedSet, ticket: string, atMs: number, nowMs: number, { windowMs }: Budget): void {
  set.set(ticket, atMs);
  set.forgetUpTo(nowMs - windowMs - KEPT_MS);
}

import type { Budget } from "@/lib/bamboo/budgets";

/**
 * What Redis keeps of the budgets, and the script of lib/bamboo/reserve-slot.ts as a plain function. `budget.int.test.ts` holds the two
 * together. Expiry of keys is left out: a list expires only after it stopped to matter.
 */
export interface BudgetMemory {
  /** Since when this memory is there; 0 after Redis lost it. */
  marker: number;
  /** When a lost memory may be refilled; 0 until somebody asks. */
  settledAtMs: number;
  /** Times of the last grants by key, newest first. */
  grants: Map<string, number[]>;
  pausedUntilMs: Map<string, number>;
}

export interface KeyedBudget extends Budget {
  key: string;
}

export type Reservation = { kind: "cold" } | { kind: "granted" | "refused"; waitMs: number };

export function emptyMemory(): BudgetMemory {
  return { marker: 1, settledAtMs: 0, grants: new Map(), pausedUntilMs: new Map() };
}

const COLD: Reservation = { kind: "cold" };

export function reserve(
  memory: BudgetMemory,
  nowMs: number,
  pauseKey: string,
  budgets: readonly KeyedBudget[],
  maxWaitMs: number,
  settlingMs: number,
): Reservation {
  if (memory.marker === 0) {
    if (memory.settledAtMs === 0) memory.settledAtMs = nowMs + settlingMs;
    return nowMs < memory.settledAtMs ? { kind: "refused", waitMs: memory.settledAtMs - nowMs } : COLD;
  }
  let atMs = Math.max(nowMs, memory.pausedUntilMs.get(pauseKey) ?? 0);
  for (const { key, limit, windowMs, gapMs } of budgets) {
    const grants = memory.grants.get(key);
    const newest = grants?.[0];
    const oldest = grants?.[limit - 1];
    if (newest !== undefined) atMs = Math.max(atMs, newest + gapMs);
    if (oldest !== undefined) atMs = Math.max(atMs, oldest + windowMs);
  }
  const waitMs = atMs - nowMs;
  if (waitMs > maxWaitMs) return { kind: "refused", waitMs };
  for (const { key, limit } of budgets) push(memory, key, atMs, limit);
  return { kind: "granted", waitMs };
}

/** The script of lib/bamboo/product-waits.ts for one product. */
export function waitOf(memory: BudgetMemory, nowMs: number, { key, limit, windowMs }: KeyedBudget): number {
  const oldest = memory.grants.get(key)?.[limit - 1];
  return oldest === undefined ? 0 : Math.max(0, oldest + windowMs - nowMs);
}

/** The script of lib/bamboo/throttle.ts: a shorter pause never cuts a longer one. */
export function pause(memory: BudgetMemory, nowMs: number, pauseKey: string, durationMs: number): void {
  const tillMs = nowMs + durationMs;
  if (tillMs > (memory.pausedUntilMs.get(pauseKey) ?? 0)) memory.pausedUntilMs.set(pauseKey, tillMs);
}

/** The script of lib/bamboo/warm-budgets.ts. `calls` are oldest first. */
export function warm(memory: BudgetMemory, nowMs: number, calls: readonly { key: string; ageMs: number; limit: number }[]): void {
  if (memory.marker !== 0) return;
  for (const { key, ageMs, limit } of calls) push(memory, key, nowMs - ageMs, limit);
  memory.marker = nowMs;
  memory.settledAtMs = 0;
}

export function forget(memory: BudgetMemory): void {
  memory.marker = 0;
  memory.settledAtMs = 0;
  memory.grants.clear();
  memory.pausedUntilMs.clear();
}

function push(memory: BudgetMemory, key: string, atMs: number, limit: number): void {
  const grants = memory.grants.get(key);
  if (!grants) {
    memory.grants.set(key, [atMs]);
    return;
  }
  grants.unshift(atMs);
  if (grants.length > limit) grants.length = limit;
}

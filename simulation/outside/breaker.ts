/** The breaker of an endpoint as the scripts of lib/bamboo keep it in Redis. */
export interface BreakerMemory {
  failures: number;
  openUntilMs: number;
  probeUntilMs: number;
  /** The ticket that has the probe. */
  probe: string | null;
}

export type BreakerChange = "opened" | "closed" | null;

const FAILURES_TO_OPEN = 5;
const OPEN_MS = 15_000;
const PROBE_MS = 45_000;
export const MAX_PROBE_WAIT_MS = 1_000;

export function closedBreaker(): BreakerMemory {
  return { failures: 0, openUntilMs: 0, probeUntilMs: 0, probe: null };
}

/** Zero lets the ticket's call go, in a half-open breaker as the probe; anything else is how long to wait. */
export function breakerWait(breaker: BreakerMemory, nowMs: number, ticket: string): number {
  if (breaker.openUntilMs === 0) return 0;
  if (nowMs < breaker.openUntilMs) return breaker.openUntilMs - nowMs;
  if (breaker.probe === null || breaker.probe === ticket || nowMs >= breaker.probeUntilMs) return 0;
  return Math.min(breaker.probeUntilMs - nowMs, MAX_PROBE_WAIT_MS);
}

/** To be called where `breakerWait` was zero. */
export function takeProbe(breaker: BreakerMemory, nowMs: number, ticket: string): void {
  if (breaker.openUntilMs === 0) return;
  breaker.probe = ticket;
  breaker.probeUntilMs = nowMs + PROBE_MS;
}

export function freeProbe(breaker: BreakerMemory, ticket: string): void {
  if (breaker.probe !== ticket) return;
  breaker.probe = null;
  breaker.probeUntilMs = 0;
}

/** What came of a call. Only the probe's failure opens it anew: those of calls that left before tell nothing new. */
export function reportToBreaker(breaker: BreakerMemory, nowMs: number, ticket: string, healthy: boolean): BreakerChange {
  const wasOpen = breaker.openUntilMs > 0;
  if (healthy) {
    Object.assign(breaker, closedBreaker());
    return wasOpen ? "closed" : null;
  }
  breaker.failures += 1;
  if (wasOpen ? breaker.probe !== ticket : breaker.failures < FAILURES_TO_OPEN) return null;
  breaker.openUntilMs = nowMs + OPEN_MS;
  breaker.probe = null;
  breaker.probeUntilMs = 0;
  return wasOpen ? null : "opened";
}

/** The breaker of lib/bamboo/breaker.ts as its two scripts keep it in Redis. */
export interface BreakerMemory {
  failures: number;
  openUntilMs: number;
  probeUntilMs: number;
}

const FAILURES_TO_OPEN = 5;
const OPEN_MS = 15_000;
const PROBE_MS = 45_000;
const MAX_PROBE_WAIT_MS = 1_000;

export function closedBreaker(): BreakerMemory {
  return { failures: 0, openUntilMs: 0, probeUntilMs: 0 };
}

/** Zero lets the call go; anything else is how long to wait before asking again. */
export function enterBreaker(breaker: BreakerMemory, nowMs: number): number {
  if (breaker.openUntilMs === 0) return 0;
  if (nowMs < breaker.openUntilMs) return breaker.openUntilMs - nowMs;
  if (nowMs < breaker.probeUntilMs) return Math.min(breaker.probeUntilMs - nowMs, MAX_PROBE_WAIT_MS);
  breaker.probeUntilMs = nowMs + PROBE_MS;
  return 0;
}

export function reportToBreaker(breaker: BreakerMemory, nowMs: number, healthy: boolean): void {
  if (healthy) {
    breaker.failures = 0;
    breaker.openUntilMs = 0;
    breaker.probeUntilMs = 0;
    return;
  }
  breaker.failures += 1;
  if (breaker.failures < FAILURES_TO_OPEN) return;
  breaker.openUntilMs = nowMs + OPEN_MS;
  breaker.probeUntilMs = 0;
}

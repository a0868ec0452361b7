const SECOND_MS = 1000;
const TABLE_MS = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200].map((seconds) => seconds * SECOND_MS);
const MAX_JITTER_MS = 30 * SECOND_MS;
const MIN_RETRY_AFTER_MS = SECOND_MS;
const MAX_RETRY_AFTER_MS = 24 * 3600 * SECOND_MS;

/** How long after a failed attempt (the first is 0) the next one comes; `random` in [0, 1) spreads it. */
export function backoffMs(attempt: number, random: number, fixedMs: number | undefined): number {
  if (fixedMs !== undefined) return fixedMs;
  const base = TABLE_MS[Math.min(attempt, TABLE_MS.length - 1)] ?? 0;
  return base + Math.floor(random * MAX_JITTER_MS);
}

/**
 * The moment a `retry-after` header names, in unix milliseconds. Seconds count from the start of the current second, as
 * production counts them, so the retry can come up to a second early; never sooner than 1 s, never later than a day.
 */
export function retryAtMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  const secondStartMs = Math.floor(nowMs / SECOND_MS) * SECOND_MS;
  const wantedMs = /^\d+(\.\d+)?$/.test(header) ? secondStartMs + Number(header) * SECOND_MS : Date.parse(header);
  if (Number.isNaN(wantedMs)) return undefined;
  return Math.min(Math.max(wantedMs, secondStartMs + MIN_RETRY_AFTER_MS), nowMs + MAX_RETRY_AFTER_MS);
}

/** A throttle as a function declares it; `burst` is what may start at once beyond `limit`. */
export interface Throttle {
  limit: number;
  periodMs: number;
  burst: number;
}

export type GcraAnswer = { allowed: true; arrivalMs: number } | { allowed: false; atMs: number };

/**
 * The generic cell rate algorithm: `limit + burst` starts at once, then one each `period / limit`. `arrivalMs` is the
 * theoretical arrival time kept for the key (0 for a new one); a refusal says from when on it would be allowed.
 */
export function gcra(throttle: Throttle, arrivalMs: number, nowMs: number): GcraAnswer {
  const emissionMs = throttle.periodMs / throttle.limit;
  const toleranceMs = emissionMs * (throttle.limit + throttle.burst - 1);
  const earliestMs = arrivalMs - toleranceMs;
  if (nowMs < earliestMs) return { allowed: false, atMs: Math.ceil(earliestMs) };
  return { allowed: true, arrivalMs: Math.max(arrivalMs, nowMs) + emissionMs };
}

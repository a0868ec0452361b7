/**
 * How long a call needs to Bamboo and back when nothing holds it up, learned from the last ways of all instances. The shortest way seen is
 * longer than the shortest there is, the more so the fewer were seen: for a way there and a way back that each vary evenly, n of them miss
 * it by about sqrt(2 / n) of their spread. Taken for granted, that much would let the next call arrive too early, so it is taken off again,
 * with as much more as makes that rare (`way.test.ts` counts): more so from few ways, of which the shortest and the mean are chance. The same
 * sum is in the script `land`.
 */
export const WAYS_KEPT = 500;
/** With fewer nothing is concluded. */
export const WAYS_NEEDED = 8;
export const WAY_CAUTION = 2.5;
/** From so many ways the caution is twice as wide as from a great many. */
export const FEW_WAYS = 12;

/** However many calls were refused, a call is not taken to be under way for longer. */
export const MAX_GUARD_MS = 1_000;
/** What is left of a widened guard's excess after each call that went well. */
export const GUARD_KEPT = 0.98;

/** Null where too few ways are known. */
export function baseWayMs(waysMs: readonly number[]): number | null {
  const seen = waysMs.length;
  if (seen < WAYS_NEEDED) return null;
  let leastMs = Number.POSITIVE_INFINITY;
  let sumMs = 0;
  for (const wayMs of waysMs) {
    sumMs += wayMs;
    leastMs = Math.min(leastMs, wayMs);
  }
  const few = FEW_WAYS / seen;
  return Math.max(0, leastMs - WAY_CAUTION * Math.sqrt(2 / seen) * (1 + few * few) * (sumMs / seen - leastMs));
}

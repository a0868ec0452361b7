/** A script that ran between a question and its answer (`performance.now()` of this process), and what Redis' clock said in it. */
export interface Sight {
  askedAt: number;
  answeredAt: number;
  redisMs: number;
}

const KEPT = 20;
const KEPT_MS = 2_000;
/** By how much two clocks may run apart, of the time that passed: as much as one that is being set right is let to. */
const DRIFT = 0.000_5;
/** Redis' clock may count only whole milliseconds. */
const TICK_MS = 1;
let sights: Sight[] = [];

/**
 * Between which moments of this process Redis' time was `redisMs`. One sight says no more than: between question and answer. Those of the
 * last two seconds say it of other moments, and as both clocks run alike, of this one too; what all of them leave open is no more than the
 * quickest trip. Where they exclude each other a clock was set, or is another machine's, and only the newest counts.
 *
 * A clock of whole milliseconds tells up to one too little: its time was then earlier than the script, never later, so `to` holds as it is.
 * `from` is too late by as much at most, which `land` adds again.
 */
export function whenSeen(seen: Sight): { from: number; to: number } {
  sights = [seen, ...sights].slice(0, KEPT).filter(({ redisMs }) => Math.abs(seen.redisMs - redisMs) <= KEPT_MS);
  let from = seen.askedAt;
  let to = seen.answeredAt;
  for (const { askedAt, answeredAt, redisMs } of sights) {
    const sinceMs = seen.redisMs - redisMs;
    const driftMs = Math.abs(sinceMs) * DRIFT;
    from = Math.max(from, askedAt + sinceMs - driftMs);
    to = Math.min(to, answeredAt + sinceMs + driftMs);
  }
  if (from <= to + TICK_MS) return { from, to };
  sights = [seen];
  return { from: seen.askedAt, to: seen.answeredAt };
}

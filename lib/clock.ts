import { performance } from "node:perf_hooks";
import { setImmediate as turn } from "node:timers/promises";

/** Waits of this process. Bounded, so that a wrong sum never parks a worker for hours. */
const MAX_WAIT_MS = 120_000;

export function sleep(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(Math.max(durationMs, 0), MAX_WAIT_MS)));
}

/** A timer counts whole milliseconds and is late by one or two. */
const TIMER_SLACK_MS = 2;

/**
 * Until a moment of `performance.now()`, which no change of the wall clock moves: not before it, and within a fraction of a millisecond
 * where the process has nothing else to do. The last two or three milliseconds are turns of the event loop, which hold up nobody. Does not
 * yield where the moment has passed. A wait beyond the bound ends there.
 */
export async function sleepUntil(at: number): Promise<void> {
  const until = Math.min(at, performance.now() + MAX_WAIT_MS);
  const timedMs = Math.floor(until - performance.now() - TIMER_SLACK_MS);
  if (timedMs > 0) await sleep(timedMs);
  while (performance.now() < until) await turn();
}

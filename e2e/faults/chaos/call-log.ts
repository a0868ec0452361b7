import type { Arrival, Violation } from "@/local/bamboo/control";

/** Pure: what the supplier's log of arrivals tells. Times are milliseconds of the machine's clock, sorted. */

const TOO_MANY = 429;
/** The supplier asks for whole seconds. */
const SECOND_MS = 1_000;

export const refusedOf = (arrivals: readonly Arrival[]): Arrival[] => arrivals.filter(({ status }) => status === TOO_MANY);

export const within = <T extends { atMs: number }>(all: readonly T[], fromMs: number, toMs = Number.POSITIVE_INFINITY): T[] =>
  all.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);

/** Calls that came while the supplier had asked to wait. */
export function calledInPause(arrivals: readonly Arrival[], violations: readonly Violation[]): Arrival[] {
  return violations.flatMap(({ atMs, waitMs, endpoint }) => {
    const askedMs = Math.ceil(waitMs / SECOND_MS) * SECOND_MS;
    return arrivals.filter((arrival) => arrival.endpoint === endpoint && arrival.atMs > atMs && arrival.atMs < atMs + askedMs);
  });
}

/** Milliseconds from each call to the next. */
export const gapsOf = (arrivals: readonly Arrival[]): number[] =>
  arrivals.slice(1).map(({ atMs }, index) => Math.round(atMs - (arrivals[index]?.atMs ?? atMs)));

export function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Not a word from the supplier: cut, or a 503 of its gateway. */
const isFailure = ({ status }: Arrival): boolean => status === 0 || status >= 500;

/**
 * The probes of an outage: all calls from the breaker's opening to the first one that was answered, and those beside that one in the
 * `answerMs` that its answer took. `afterMs` tells for each how long it came after the call before; the first counts from the failure that
 * opened the breaker.
 */
export function probesOf(
  arrivals: readonly Arrival[],
  openedAtMs: number,
  answerMs: number,
): { probes: Arrival[]; afterMs: number[] } {
  const first = arrivals.findIndex(({ atMs }) => atMs >= openedAtMs);
  if (first < 1) return { probes: [], afterMs: [] };
  const answered = arrivals.slice(first).find((arrival) => !isFailure(arrival));
  const probes = within(arrivals.slice(first), openedAtMs, answered ? answered.atMs + answerMs : undefined);
  return { probes, afterMs: gapsOf(arrivals.slice(first - 1, first + probes.length)) };
}

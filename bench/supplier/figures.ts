import type { Arrival, Violation } from "../../local/bamboo/control";
import { round } from "../sample";

/** By the sandbox's clock. */
export interface Span {
  fromMs: number;
  toMs: number;
}

export interface CellFigures {
  /** Checkouts that the supplier took, of those that its limit allows: 2 a second. */
  utilisation: number;
  /** Refusals of any endpoint, from the first call of the cell to the last. */
  http429: number;
  /** Limits broken, as the sandbox counts them. */
  violations: number;
  /** Checkouts within any second. */
  mostInASecond: number;
  smallestGapMs: number;
  /** Between the checkouts that the supplier took in the measured part: finer than a count of them. */
  meanGapMs: number;
  /** Every read that tells of purchases, by the purchases made. */
  readsPerDispatch: number;
  ordersPerMin: number;
  cardsPerMin: number;
}

/** What a purchase carried. */
export interface Bought {
  orders: number;
  cards: number;
}

export interface Seen {
  /** All calls of the cell, of warm-up and ending too. */
  arrivals: readonly Arrival[];
  violations: readonly Violation[];
  /** By RequestId. */
  bought: ReadonlyMap<string, Bought>;
  /** The part that counts for what was achieved. */
  measured: Span;
}

const CHECKOUTS_A_SECOND = 2;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const TOO_MANY = 429;
const READS = ["order", "orders"];

/** Pure. Limits are judged over the whole cell, achievement over the measured part. */
export function figuresOf({ arrivals, violations, bought, measured }: Seen): CellFigures {
  const checkouts = arrivals.filter(({ endpoint }) => endpoint === "checkout");
  const taken = checkouts.filter(({ status, requestId }) => status !== TOO_MANY && requestId !== null && bought.has(requestId));
  const inTime = taken.filter(({ atMs }) => atMs >= measured.fromMs && atMs < measured.toMs);
  const times = checkouts.map(({ atMs }) => atMs).sort((a, b) => a - b);
  const lastedMs = measured.toMs - measured.fromMs;
  const sum = (count: (one: Bought) => number) =>
    inTime.reduce((total, { requestId }) => total + count(bought.get(requestId ?? "") ?? { orders: 0, cards: 0 }), 0);
  const purchases = new Set(taken.map(({ requestId }) => requestId)).size;
  return {
    utilisation: round(inTime.length / ((CHECKOUTS_A_SECOND * lastedMs) / SECOND_MS), 3),
    http429: arrivals.filter(({ status }) => status === TOO_MANY).length,
    violations: violations.length,
    mostInASecond: mostWithin(times, SECOND_MS),
    meanGapMs: round(meanGap(inTime.map(({ atMs }) => atMs)), 1),
    smallestGapMs: round(Math.min(...times.slice(1).map((time, index) => time - (times[index] ?? time))), 1),
    readsPerDispatch: round(arrivals.filter(({ endpoint }) => READS.includes(endpoint)).length / Math.max(purchases, 1), 2),
    ordersPerMin: round((sum(({ orders }) => orders) / lastedMs) * MINUTE_MS, 0),
    cardsPerMin: round((sum(({ cards }) => cards) / lastedMs) * MINUTE_MS, 0),
  };
}

function meanGap(times: readonly number[]): number {
  return times.length < 2 ? 0 : (Math.max(...times) - Math.min(...times)) / (times.length - 1);
}

/** How many of these sorted times lie within any such window, which its end is not part of. */
export function mostWithin(times: readonly number[], windowMs: number): number {
  let first = 0;
  return times.reduce((most, time, index) => {
    while (time - (times[first] ?? time) >= windowMs) first++;
    return Math.max(most, index - first + 1);
  }, 0);
}

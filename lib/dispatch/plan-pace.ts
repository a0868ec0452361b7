import type { Limits, WaitingLine } from "./plan-dispatch";

/*
 * The figures are those with which `npm run bench -- coalesce` and `-- fairness` did best: fewer kept places delay other partners' single
 * orders by some ten seconds one time in a hundred, more make an upload slow; products that go at once more often are out of places sooner.
 */

/** A partner with more lines waiting is heavy. A stream of a thousand orders a minute has fewer, an upload more. */
export const HEAVY_LINES = 100;
/** Places of a product's window that heavy partners leave to the others. */
export const KEPT_FOR_LIGHT = 4;
/** A product that was ordered fewer times than this within its window goes at once. */
const AT_ONCE = 4;
const HEAVY_AT_ONCE = 1;

/** How long until a product may be ordered, in milliseconds: 0 is now. */
export interface Room {
  lightMs: number;
  heavyMs: number;
}

/** Nobody ordered it lately. */
const FREE: Room = { lightMs: 0, heavyMs: 0 };

/** Of each product that was ordered within its window, how long until it may be ordered again. */
export function productRooms(productUse: ReadonlyMap<number, readonly number[]>, limits: Limits): (productId: number) => Room {
  const { productLimit, productWindowMs } = limits;
  const heavyPlaces = Math.max(productLimit - KEPT_FOR_LIGHT, 1);
  const rooms = new Map<number, Room>();
  for (const [productId, agesMs] of productUse) {
    const lightMs = waitFor(agesMs, productLimit, productWindowMs, AT_ONCE);
    rooms.set(productId, { lightMs, heavyMs: Math.max(lightMs, waitFor(agesMs, heavyPlaces, productWindowMs, HEAVY_AT_ONCE)) });
  }
  return (productId) => rooms.get(productId) ?? FREE;
}

/** Products that nobody may order now: whoever loads the queue can leave their lines out, so that they do not hide what can go. */
export function productsWithoutRoom(productUse: ReadonlyMap<number, readonly number[]>, limits: Limits): number[] {
  const roomOf = productRooms(productUse, limits);
  return [...productUse.keys()].filter((productId) => roomOf(productId).lightMs > 0);
}

/** Who has so many lines waiting that the kept places are not for them. */
export function heavyPartners(lines: readonly WaitingLine[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { partnerId } of lines) counts.set(partnerId, (counts.get(partnerId) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > HEAVY_LINES).map(([partnerId]) => partnerId));
}

/**
 * When the next of `places` may be used, so that a product in demand is ordered every so often and not six times at once and then not for
 * a minute: what is left of the places is spread evenly over the time until the oldest use leaves the window. `agesMs`, newest first, are
 * how long ago each use was; a negative one is still ahead.
 */
function waitFor(agesMs: readonly number[], places: number, windowMs: number, atOnce: number): number {
  const uses = agesMs.filter((ageMs) => ageMs < windowMs);
  const newestMs = uses[0];
  const oldestMs = uses.at(-1);
  if (newestMs === undefined || oldestMs === undefined) return 0;
  const nextLeavesMs = uses[places - 1];
  if (nextLeavesMs !== undefined) return windowMs - nextLeavesMs;
  if (uses.length < atOnce) return 0;
  const apartMs = (windowMs - oldestMs + newestMs) / (places - uses.length + 1);
  return Math.max(0, apartMs - newestMs);
}

/*
 * How often a product is ordered, as planning has it and as estimates foresee it. The figures are those with which `npm run bench -- coalesce`
 * and `-- fairness` did best: fewer kept places delay other partners' single orders by some ten seconds one time in a hundred, more make an
 * upload slow; products that go at once more often are out of places sooner (six at once: 47 s of wait one time in twenty, at a thousand
 * orders a minute), those that do so less often make others wait for what an upload took.
 */

/** A partner with more lines waiting is heavy. A stream of a thousand orders a minute has fewer, an upload more. */
export const HEAVY_LINES = 100;
/** Places of a product's window that heavy partners leave to the others. */
export const KEPT_FOR_LIGHT = 4;
/** A product that was ordered fewer times than this within its window goes at once. */
const AT_ONCE = 5;
const HEAVY_AT_ONCE = 1;

/** How often one product may be ordered, in any window. */
export interface ProductLimits {
  productLimit: number;
  productWindowMs: number;
}

/** How long until a product may be ordered, in milliseconds: 0 is now. */
export interface Room {
  lightMs: number;
  heavyMs: number;
}

/** Orders of one product in its window that heavy partners may open. */
export function heavyPlaces({ productLimit }: ProductLimits): number {
  return Math.max(productLimit - KEPT_FOR_LIGHT, 1);
}

/** `agesMs`, newest first, are how long ago the product was ordered each time; a negative one is still ahead. */
export function productRoom(agesMs: readonly number[], limits: ProductLimits): Room {
  const { productLimit, productWindowMs } = limits;
  const lightMs = waitFor(agesMs, productLimit, productWindowMs, AT_ONCE);
  return { lightMs, heavyMs: Math.max(lightMs, waitFor(agesMs, heavyPlaces(limits), productWindowMs, HEAVY_AT_ONCE)) };
}

/**
 * When the next of `places` may be used, so that a product in demand is ordered every so often and not six times at once and then not for
 * a minute: what is left of the places is spread evenly over the time until the oldest use leaves the window.
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

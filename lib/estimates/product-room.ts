/** How often one product may be bought, in any window. */
export interface ProductLimits {
  productLimit: number;
  productWindowMs: number;
}

/** As planning has it (lib/dispatch/plan-pace.ts): a product that was bought fewer times than this in its window goes at once. */
const AT_ONCE = 4;
/** Places of the window that partners with much waiting leave to the others. */
const KEPT_FOR_LIGHT = 2;

/** Each step either ends the wait or lets a purchase leave the window. */
const MAX_STEPS = 24;

export interface Room {
  waitMs: number;
  /** Between its purchases while much of it waits. */
  paceMs: number;
}

/**
 * When a product may be bought next. `usedAgoMs` is newest first; `heavy` leaves some places to others, as far as none of those has it bought
 * anyway. Planning itself cannot be asked, since it is above; bench/estimates holds the two against each other.
 */
export function productRoom(
  usedAgoMs: readonly number[],
  heavy: boolean,
  { productLimit, productWindowMs }: ProductLimits,
): Room {
  const places = heavy ? Math.max(productLimit - KEPT_FOR_LIGHT, 1) : productLimit;
  let waitMs = 0;
  for (let step = 0; step < MAX_STEPS; step++) {
    const ages = usedAgoMs.map((agoMs) => agoMs + waitMs).filter((agoMs) => agoMs < productWindowMs);
    const nowMs = Math.max(waitFor(ages, places, productWindowMs), waitFor(ages, productLimit, productWindowMs));
    if (nowMs === 0) break;
    // What leaves the window meanwhile makes planning think anew.
    waitMs += Math.min(nowMs, productWindowMs - (ages.at(-1) ?? 0));
  }
  return { waitMs, paceMs: productWindowMs / places };
}

/** What is left of the places is spread evenly over the time until the oldest purchase leaves the window. */
function waitFor(ages: readonly number[], places: number, windowMs: number): number {
  const [newest, oldest, leaves] = [ages[0], ages.at(-1), ages[places - 1]];
  if (leaves !== undefined) return windowMs - leaves;
  if (newest === undefined || oldest === undefined || ages.length < Math.min(AT_ONCE, places)) return 0;
  return Math.max(0, (windowMs - oldest + newest) / (places - ages.length + 1) - newest);
}

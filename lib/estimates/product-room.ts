import { heavyPlaces, type ProductLimits, productRoom } from "../product-pace";

/** Each step either ends the wait or lets a purchase leave the window. */
const MAX_STEPS = 24;

export interface FutureRoom {
  waitMs: number;
  /** Between its purchases while much of it waits. */
  paceMs: number;
}

/**
 * When planning, which asks anew as purchases leave the window, will let a product be bought next. `usedAgoMs` is newest first; a heavy
 * partner leaves some places to others, as far as none of those has it bought anyway.
 */
export function futureRoom(usedAgoMs: readonly number[], heavy: boolean, limits: ProductLimits): FutureRoom {
  const { productLimit, productWindowMs } = limits;
  let waitMs = 0;
  for (let step = 0; step < MAX_STEPS; step++) {
    const agesMs = usedAgoMs.map((agoMs) => agoMs + waitMs).filter((ageMs) => ageMs < productWindowMs);
    const { lightMs, heavyMs } = productRoom(agesMs, limits);
    const moreMs = heavy ? heavyMs : lightMs;
    if (moreMs === 0) break;
    waitMs += Math.min(moreMs, productWindowMs - (agesMs.at(-1) ?? 0));
  }
  return { waitMs, paceMs: productWindowMs / (heavy ? heavyPlaces(limits) : productLimit) };
}

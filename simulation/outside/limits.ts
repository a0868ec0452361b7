import type { Arrivals } from "./supplier-rows";

/** Bamboo's own figures (2 checkouts a second and 500 ms apart, 6 a minute for one product), counted on arrival. */
const CHECKOUTS_A_SECOND = 2;
const SECOND_MS = 1_000;
const GAP_MS = 500;
const ORDERS_A_MINUTE = 6;
const MINUTE_MS = 60_000;

/** Counts an arrival, and names the limit that it breaks; null where there was room. */
export function countArrival(arrivals: Arrivals, nowMs: number, productIds: readonly number[]): string | null {
  const broken = brokenLimit(arrivals, nowMs, productIds);
  remember(arrivals.checkouts, nowMs, CHECKOUTS_A_SECOND);
  for (const productId of productIds) {
    const times = arrivals.byProduct.get(productId);
    if (times) remember(times, nowMs, ORDERS_A_MINUTE);
    else arrivals.byProduct.set(productId, [nowMs]);
  }
  return broken;
}

function brokenLimit({ checkouts, byProduct }: Arrivals, nowMs: number, productIds: readonly number[]): string | null {
  const newest = checkouts[0];
  const secondLast = checkouts[CHECKOUTS_A_SECOND - 1];
  if (newest !== undefined && nowMs - newest < GAP_MS) return `${nowMs - newest} ms after the checkout before it`;
  if (secondLast !== undefined && nowMs - secondLast < SECOND_MS) return `the third checkout within ${nowMs - secondLast} ms`;
  for (const productId of productIds) {
    const sixthLast = byProduct.get(productId)?.[ORDERS_A_MINUTE - 1];
    if (sixthLast !== undefined && nowMs - sixthLast < MINUTE_MS)
      return `the seventh order of product ${productId} within ${nowMs - sixthLast} ms`;
  }
  return null;
}

function remember(times: number[], nowMs: number, most: number): void {
  times.unshift(nowMs);
  if (times.length > most) times.length = most;
}

/**
 * What each Bamboo endpoint allows, as data. `limit` calls in any `windowMs`, and `gapMs` between two of them. Both are kept a little
 * inside the supplier's figures, because Bamboo counts arrivals and we can only space departures.
 */
export interface Budget {
  limit: number;
  windowMs: number;
  gapMs: number;
}

/** How much later than its slot a call may arrive while the next one is still in time. */
export const GUARD_MS = 250;

export const BUDGETS = {
  /** 2 a second and 500 ms apart. */
  placeOrder: { limit: 2, windowMs: 1_000, gapMs: 500 + GUARD_MS },
  /** 6 orders a minute for one product; the key carries the product's id. */
  placeOrderProduct: { limit: 6, windowMs: 60_000 + GUARD_MS, gapMs: 0 },
  /** 120 a minute. */
  getOrder: { limit: 110, windowMs: 60_000, gapMs: 100 },
  /** 1 a second; 2 s apart was still refused in production, 3 s was not. */
  catalog: { limit: 1, windowMs: 3_000, gapMs: 3_000 },
  /** 20 a minute. */
  exchangeRates: { limit: 18, windowMs: 60_000, gapMs: 1_000 },
  /** 1 a second. */
  ordersReport: { limit: 1, windowMs: 1_000 + GUARD_MS, gapMs: 1_000 + GUARD_MS },
} as const satisfies Record<string, Budget>;

export type Endpoint = Exclude<keyof typeof BUDGETS, "placeOrderProduct">;
export const ENDPOINTS = [
  "placeOrder",
  "getOrder",
  "catalog",
  "exchangeRates",
  "ordersReport",
] as const satisfies readonly Endpoint[];

/**
 * How long nothing goes out after the memory was lost: longer than a slot may be slept for unchecked (`stillHolds`) and a call be late,
 * so that whatever was granted before has been written down or was given up when the history is read.
 */
export const SETTLING_MS = 2_000;
/** A slot slept for longer is checked before it is used. */
export const UNCHECKED_WAIT_MS = 1_000;

/** Every API of the supplier, by the name used in counters, faults and statistics. */
export const endpointNames = [
  "catalog-v1",
  "catalog-v2",
  "accounts",
  "checkout",
  "checkout-v2",
  "order",
  "orders",
  "transactions",
  "exchange-rates",
  "notification-set",
  "notification-get",
  "brands",
  "getstock",
  "categories",
  "catalog-countries",
] as const;

export type EndpointName = (typeof endpointNames)[number];

export type Rule = { kind: "window"; limit: number; windowMs: number } | { kind: "gap"; gapMs: number };

/** Which calls are counted together: both checkouts are one, since the sheet knows no rule that lets a second one in. */
export type LimitKey = Exclude<EndpointName, "checkout-v2">;

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const onePerSecond: Rule[] = [{ kind: "window", limit: 1, windowMs: SECOND_MS }];

/** The limits, per ClientId and endpoint. */
export const limitRules: Readonly<Record<LimitKey, readonly Rule[]>> = {
  "catalog-v1": [{ kind: "window", limit: 2, windowMs: HOUR_MS }],
  "catalog-v2": onePerSecond,
  accounts: onePerSecond,
  checkout: [
    { kind: "gap", gapMs: 500 },
    { kind: "window", limit: 2, windowMs: SECOND_MS },
  ],
  order: [{ kind: "window", limit: 120, windowMs: MINUTE_MS }],
  orders: onePerSecond,
  transactions: [{ kind: "window", limit: 4, windowMs: HOUR_MS }],
  "exchange-rates": [{ kind: "window", limit: 20, windowMs: MINUTE_MS }],
  "notification-set": onePerSecond,
  "notification-get": onePerSecond,
  brands: onePerSecond,
  getstock: onePerSecond,
  categories: onePerSecond,
  "catalog-countries": onePerSecond,
};

/** Checkouts that name one product. */
export const productRule = { limit: 6, windowMs: MINUTE_MS } as const;

/** Cards of one order; breaking this is a 400, not a 429. */
export const MAX_CARDS_PER_ORDER = 500;

export function limitKeyOf(endpoint: EndpointName): LimitKey {
  return endpoint === "checkout-v2" ? "checkout" : endpoint;
}

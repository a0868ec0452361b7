import type { Endpoint } from "./budgets";

/** Since when the memory of the limits is there; gone when Redis lost it. */
export const MARKER_KEY = "limits:marker";
/** When a lost memory may be refilled. */
export const SETTLING_KEY = "limits:settling";
export const PRODUCTS_KEY = "limits:products";
export const PRODUCT_INDEX_KEY = "limits:product-index";

export const turnsKey = (endpoint: Endpoint) => `limits:turns:${endpoint}`;
export const departedKey = (endpoint: Endpoint) => `limits:departed:${endpoint}`;

/** The names by which the scripts know the keys, in the order of `keysOf`. */
export const KEYS_OF_ENDPOINT = [
  "marker",
  "settling",
  "pause",
  "breaker",
  "guard",
  "turns",
  "departed",
  "ways",
  "products",
  "productIndex",
] as const;

export function keysOf(endpoint: Endpoint): string[] {
  return [
    MARKER_KEY,
    SETTLING_KEY,
    `limits:pause:${endpoint}`,
    `breaker:${endpoint}`,
    `limits:guard:${endpoint}`,
    turnsKey(endpoint),
    departedKey(endpoint),
    `limits:ways:${endpoint}`,
    PRODUCTS_KEY,
    PRODUCT_INDEX_KEY,
  ];
}

import { type Env, env } from "@/lib/env";

export interface Budget {
  limit: number;
  windowMs: number;
  gapMs: number;
}

export type BudgetName = keyof Env["BAMBOO_BUDGETS"];

/** What Bamboo allows, by its own words: `limit` calls in any `windowMs`, and `gapMs` between two of them, counted as they arrive. */
export const BUDGETS: Record<BudgetName, Budget> = {
  /** 2 a second and 500 ms apart. */
  placeOrder: { limit: 2, windowMs: 1_000, gapMs: 500 },
  /** 6 orders a minute for one product. */
  placeOrderProduct: { limit: 6, windowMs: 60_000, gapMs: 0 },
  /** 120 a minute. */
  getOrder: { limit: 120, windowMs: 60_000, gapMs: 0 },
  /** 1 a second; 2 s apart was still refused in production, 3 s was not. */
  catalog: { limit: 1, windowMs: 3_000, gapMs: 0 },
  /** 20 a minute. */
  exchangeRates: { limit: 20, windowMs: 60_000, gapMs: 0 },
  /** 1 a second. */
  ordersReport: { limit: 1, windowMs: 1_000, gapMs: 0 },
};

/** Those that are called; a product's window belongs to `placeOrder`. */
export type Endpoint = Exclude<BudgetName, "placeOrderProduct">;
export const ENDPOINTS = [
  "placeOrder",
  "getOrder",
  "catalog",
  "exchangeRates",
  "ordersReport",
] as const satisfies readonly Endpoint[];

/** Why a call may not go now. `settling`: the memory of what went was lost, and is waited for. */
export type Because = "limit" | "paused" | "breaker" | "settling";

/**
 * How long nothing goes out after the memory was lost: longer than a call needs from its departure to Bamboo, so that what left before has
 * arrived, and stands in the database, when the history is read.
 */
export const SETTLING_MS = 2_000;

export type EffectiveBudget = Budget & { source: "default" | "environment" };

/** The budgets in force: Bamboo's own figures, and what BAMBOO_BUDGETS says instead. */
export function budgets(): Record<BudgetName, EffectiveBudget> {
  return {
    placeOrder: effective("placeOrder"),
    placeOrderProduct: effective("placeOrderProduct"),
    getOrder: effective("getOrder"),
    catalog: effective("catalog"),
    exchangeRates: effective("exchangeRates"),
    ordersReport: effective("ordersReport"),
  };
}

function effective(name: BudgetName): EffectiveBudget {
  const known = BUDGETS[name];
  const own = env().BAMBOO_BUDGETS[name];
  return {
    limit: own?.limit ?? known.limit,
    windowMs: own?.windowMs ?? known.windowMs,
    gapMs: own?.gapMs ?? known.gapMs,
    source: own ? "environment" : "default",
  };
}

/** How long a call has to be remembered to be counted, in milliseconds. */
export function longestWindowMs(): number {
  return Math.max(...Object.values(budgets()).map(({ windowMs }) => windowMs));
}

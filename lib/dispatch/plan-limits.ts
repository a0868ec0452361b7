import { budgets } from "@/lib/bamboo";
import { env } from "@/lib/env";
import type { Limits } from "./plan-dispatch";

/** Bamboo's own bound of one checkout. */
const MAX_CARDS = 500;

/** What one dispatch may hold, and the pace of one product. */
export function planLimits(): Limits {
  const { limit, windowMs } = budgets().placeOrderProduct;
  return { maxCards: MAX_CARDS, maxLines: env().DISPATCH_MAX_LINES, productLimit: limit, productWindowMs: windowMs };
}

import { sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { invariant } from "@/lib/errors";
import type { RuleSubject } from "./choose-rule";
import { explainPrice } from "./explain-price";
import { type CardPrice, type PricedProduct, priceCard } from "./price-card";
import { type PriceFacts, priceFacts, priceFactsSchema } from "./price-facts";
import { NO_RATES } from "./rates";
import { ruleChooser } from "./rule-chooser";
import type { Explanation } from "./schemas";

/** Everything that a partner's prices follow from, at one moment. */
export interface PriceList {
  currency: string;
  rateSnapshotId: string | null;
  price(product: PricedProduct & RuleSubject, faceMinor: number): CardPrice;
  /** How that price came about, for the partner; null where there is none. */
  explain(product: PricedProduct & RuleSubject, faceMinor: number): Explanation | null;
  /** Whether its price needs an exchange rate, and the newest is too old to sell by. */
  ratesTooOld(product: PricedProduct): boolean;
  /** Whether this partner may see and order it at all. */
  allows(product: RuleSubject): boolean;
}

/** Bamboo moves its rates each hour; older than this they are not what it will charge by. */
export const RATES_STALE_MS = 6 * 3_600_000;

export async function loadPriceList(executor: Executor, partnerId: string): Promise<PriceList> {
  const { rows } = await executor.execute<{ facts: unknown }>(sql`select ${priceFacts(sql`${partnerId}::uuid`)} as facts`);
  invariant(rows[0]?.facts, `partner ${partnerId} of a signed-in member exists`);
  return priceListOf(priceFactsSchema.parse(rows[0].facts), Date.now());
}

export function priceListOf({ settings, rates }: PriceFacts, nowMs: number): PriceList {
  const { currency, rules, listedOnly, allowances } = settings;
  const ruleOf = ruleChooser(rules);
  const tooOld = rates !== null && nowMs - Date.parse(rates.lastSeenAt) > RATES_STALE_MS;
  const allowed = new Set(allowances.map(({ scope, scopeId }) => `${scope}:${scopeId}`));
  return {
    currency,
    rateSnapshotId: rates?.id ?? null,
    price: (product, faceMinor) => priceCard(product, faceMinor, ruleOf(product), rates ?? NO_RATES, currency),
    explain: (product, faceMinor) => explainPrice(product, faceMinor, ruleOf(product), rates ?? NO_RATES, currency),
    ratesTooOld: ({ faceCurrency, costCurrency }) => tooOld && (faceCurrency !== currency || costCurrency !== currency),
    allows: ({ productId, brandId, categoryIds }) =>
      !listedOnly ||
      allowed.has(`product:${productId}`) ||
      allowed.has(`brand:${brandId}`) ||
      categoryIds.some((id) => allowed.has(`category:${id}`)),
  };
}

import { sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { invariant } from "@/lib/errors";
import { chooseRule, type RuleSubject } from "./choose-rule";
import { type CardPrice, type PricedProduct, priceCard } from "./price-card";
import { type PriceFacts, priceFacts, priceFactsSchema } from "./price-facts";
import type { Rates } from "./rates";

/** Everything that a partner's prices follow from, at one moment. */
export interface PriceList {
  currency: string;
  rateSnapshotId: string | null;
  price(product: PricedProduct & RuleSubject, faceMinor: number): CardPrice;
}

/** Without any rates yet, only products in the partner's own currency have a price. */
const NO_RATES: Rates = { base: "USD", perBase: {} };

export async function loadPriceList(executor: Executor, partnerId: string): Promise<PriceList> {
  const { rows } = await executor.execute<{ facts: unknown }>(sql`select ${priceFacts(sql`${partnerId}::uuid`)} as facts`);
  invariant(rows[0]?.facts, `partner ${partnerId} of a signed-in member exists`);
  return priceListOf(priceFactsSchema.parse(rows[0].facts));
}

export function priceListOf({ currency, rules, rates }: PriceFacts): PriceList {
  return {
    currency,
    rateSnapshotId: rates?.id ?? null,
    price: (product, faceMinor) => priceCard(product, faceMinor, chooseRule(rules, product), rates ?? NO_RATES, currency),
  };
}

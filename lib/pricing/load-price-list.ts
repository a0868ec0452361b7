import { desc, eq } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { partners, priceRules, rateSnapshots } from "@/drizzle/schema";
import { invariant } from "@/lib/errors";
import { chooseRule, type PriceRule, type RuleSubject } from "./choose-rule";
import { type CardPrice, type PricedProduct, priceCard } from "./price-card";
import type { Rates } from "./rates";

/** Everything that a partner's prices follow from, at one moment. */
export interface PriceList {
  currency: string;
  rateSnapshotId: string | null;
  price(product: PricedProduct & RuleSubject, faceMinor: number): CardPrice;
}

const NO_RATES: Rates = { base: "USD", perBase: {} };
/** A partner with more rules than this wants categories. */
const MAX_RULES = 1_000;

/** Without any rates yet, only products in the partner's own currency have a price. */
export async function loadPriceList(executor: Executor, partnerId: string): Promise<PriceList> {
  const [[partner], rules, [snapshot]] = await Promise.all([
    executor.select({ currency: partners.currency }).from(partners).where(eq(partners.id, partnerId)),
    executor.select().from(priceRules).where(eq(priceRules.partnerId, partnerId)).limit(MAX_RULES),
    executor.select().from(rateSnapshots).orderBy(desc(rateSnapshots.createdAt)).limit(1),
  ]);
  invariant(partner, `partner ${partnerId} of a signed-in member exists`);
  return priceListOf(
    partner.currency,
    rules,
    snapshot ? { base: snapshot.base, perBase: snapshot.rates } : NO_RATES,
    snapshot?.id ?? null,
  );
}

function priceListOf(currency: string, rules: PriceRule[], rates: Rates, rateSnapshotId: string | null): PriceList {
  return {
    currency,
    rateSnapshotId,
    price: (product, faceMinor) => priceCard(product, faceMinor, chooseRule(rules, product), rates, currency),
  };
}

import { compare, divide, fraction, multiply, roundFraction, subtract, toMajor, toMinor } from "@/lib/money";
import { cardPriceOf, type PricedProduct, type PriceRule, type Rates, reckonCard } from "@/lib/pricing";

/** One card under one rule; amounts in minor units of the partner's currency. */
export interface JudgedCard {
  faceMinor: number;
  costMinor: number | null;
  /** What the rule asks, whether or not it may be sold at that; null without a rule or a rate. */
  askedMinor: number | null;
  /** Null where it may not be sold. */
  priceMinor: number | null;
  /** What is asked beyond the cost, as a share of the cost: what the rule's least margin is compared with. */
  marginBasisPoints: number | null;
  belowMargin: boolean;
}

const WHOLE = fraction(10_000);
const NOTHING = { costMinor: null, askedMinor: null, priceMinor: null, marginBasisPoints: null, belowMargin: false };

/** The card with the least margin of those at both ends of the product's range. */
export function judgeProduct(product: PricedProduct, rule: PriceRule | undefined, rates: Rates, currency: string): JudgedCard {
  const { faceMinMinor, faceMaxMinor } = product;
  const low = judgeCard(product, faceMinMinor, rule, rates, currency);
  if (faceMinMinor === faceMaxMinor) return low;
  const high = judgeCard(product, faceMaxMinor, rule, rates, currency);
  return worse(high, low) ? high : low;
}

export function judgeCard(
  product: PricedProduct,
  faceMinor: number,
  rule: PriceRule | undefined,
  rates: Rates,
  currency: string,
): JudgedCard {
  const reckoned = rule ? reckonCard(product, faceMinor, rule, rates, currency) : null;
  if (!reckoned) return { faceMinor, ...NOTHING };
  const price = cardPriceOf(reckoned, currency);
  const { cost, unitPriceMinor } = reckoned;
  const beyond = subtract(toMajor(unitPriceMinor, currency), cost);
  const costsNothing = compare(cost, fraction(0)) <= 0;
  return {
    faceMinor,
    costMinor: toMinor(cost, currency),
    askedMinor: unitPriceMinor,
    priceMinor: price.kind === "price" ? price.unitPriceMinor : null,
    marginBasisPoints: costsNothing ? null : Number(roundFraction(multiply(divide(beyond, cost), WHOLE))),
    belowMargin: price.kind !== "price",
  };
}

/** Below its margin before above it, then by margin. */
function worse(a: JudgedCard, b: JudgedCard): boolean {
  if (a.belowMargin !== b.belowMargin) return a.belowMargin;
  return (a.marginBasisPoints ?? Number.POSITIVE_INFINITY) < (b.marginBasisPoints ?? Number.POSITIVE_INFINITY);
}

import { add, compare, divide, type Fraction, fraction, multiply, roundFraction, subtract, toMajor, toMinor } from "@/lib/money";
import { share, WHOLE_BASIS_POINTS } from "./basis-points";
import type { PriceRule } from "./choose-rule";
import { type Rates, rateBetween } from "./rates";

/** Face range in minor units of `faceCurrency`; the supplier's cost of one card at both ends, as decimal text. */
export interface PricedProduct {
  faceCurrency: string;
  faceMinMinor: number;
  faceMaxMinor: number;
  costMin: string;
  costMax: string;
  costCurrency: string;
}

export type CardPrice =
  | { kind: "price"; unitPriceMinor: number; discountBasisPoints: number }
  | { kind: "no_price" }
  | { kind: "below_cost" };

/** Exact amounts in major units of the partner's currency; `floor` is the least that covers cost and margin. */
export interface ReckonedCard {
  face: Fraction;
  cost: Fraction;
  floor: Fraction;
  unitPriceMinor: number;
}

/** The partner's price of one card of `faceMinor`, in minor units of `currency`: exact until one rounding at the end. */
export function priceCard(
  product: PricedProduct,
  faceMinor: number,
  rule: PriceRule | undefined,
  rates: Rates,
  currency: string,
): CardPrice {
  return cardPriceOf(rule ? reckonCard(product, faceMinor, rule, rates, currency) : null, currency);
}

/** Whether a card may be sold at what was reckoned for it. */
export function cardPriceOf(reckoned: ReckonedCard | null, currency: string): CardPrice {
  if (!reckoned || reckoned.unitPriceMinor <= 0) return { kind: "no_price" };
  const { face, unitPriceMinor, floor } = reckoned;
  if (compare(toMajor(unitPriceMinor, currency), floor) < 0) return { kind: "below_cost" };
  const offFace = divide(subtract(face, toMajor(unitPriceMinor, currency)), face);
  return {
    kind: "price",
    unitPriceMinor,
    discountBasisPoints: Number(roundFraction(multiply(offFace, fraction(WHOLE_BASIS_POINTS)))),
  };
}

/** What a rule asks for a card, whether or not it may be sold at that; null without an exchange rate, or a cost that can be true. */
export function reckonCard(
  product: PricedProduct,
  faceMinor: number,
  rule: PriceRule,
  rates: Rates,
  currency: string,
): ReckonedCard | null {
  const faceRate = rateBetween(rates, product.faceCurrency, currency);
  const costRate = rateBetween(rates, product.costCurrency, currency);
  const ownCost = costAt(product, faceMinor);
  if (!faceRate || !costRate || !ownCost) return null;
  const face = multiply(toMajor(faceMinor, product.faceCurrency), faceRate);
  const cost = multiply(ownCost, costRate);
  const base =
    rule.kind === "discount_off_face"
      ? share(face, WHOLE_BASIS_POINTS - rule.basisPoints)
      : share(cost, WHOLE_BASIS_POINTS + rule.basisPoints);
  const floor = share(cost, WHOLE_BASIS_POINTS + rule.minMarginBasisPoints);
  return { face, cost, floor, unitPriceMinor: toMinor(base, currency) + rule.fixedFeeMinor };
}

const NOTHING = fraction(0);

/**
 * Linear between the two ends: it holds for proportional prices and for those with a fixed part. Null where a card would cost nothing, or
 * the dearest less than the cheapest: nobody sells so, and every margin would pass.
 */
function costAt(product: PricedProduct, faceMinor: number): Fraction | null {
  const { faceMinMinor, faceMaxMinor } = product;
  const [low, high] = [fraction(product.costMin), fraction(product.costMax)];
  if (compare(low, NOTHING) <= 0 || compare(high, low) < 0) return null;
  if (faceMaxMinor === faceMinMinor) return low;
  const along = divide(fraction(faceMinor - faceMinMinor), fraction(faceMaxMinor - faceMinMinor));
  return add(low, multiply(subtract(high, low), along));
}

import { add, compare, divide, type Fraction, fraction, multiply, roundFraction, subtract, toMajor, toMinor } from "@/lib/money";
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

const WHOLE_BASIS_POINTS = 10_000;

/** The partner's price of one card of `faceMinor`, in minor units of `currency`: exact until one rounding at the end. */
export function priceCard(
  product: PricedProduct,
  faceMinor: number,
  rule: PriceRule | undefined,
  rates: Rates,
  currency: string,
): CardPrice {
  const faceRate = rateBetween(rates, product.faceCurrency, currency);
  const costRate = rateBetween(rates, product.costCurrency, currency);
  if (!rule || !faceRate || !costRate) return { kind: "no_price" };
  const face = multiply(toMajor(faceMinor, product.faceCurrency), faceRate);
  const cost = multiply(costAt(product, faceMinor), costRate);
  const base =
    rule.kind === "discount_off_face"
      ? share(face, WHOLE_BASIS_POINTS - rule.basisPoints)
      : share(cost, WHOLE_BASIS_POINTS + rule.basisPoints);
  const unitPriceMinor = toMinor(base, currency) + rule.fixedFeeMinor;
  const floor = share(cost, WHOLE_BASIS_POINTS + rule.minMarginBasisPoints);
  if (unitPriceMinor <= 0) return { kind: "no_price" };
  if (compare(toMajor(unitPriceMinor, currency), floor) < 0) return { kind: "below_cost" };
  const offFace = divide(subtract(face, toMajor(unitPriceMinor, currency)), face);
  return {
    kind: "price",
    unitPriceMinor,
    discountBasisPoints: Number(roundFraction(multiply(offFace, fraction(WHOLE_BASIS_POINTS)))),
  };
}

/** Linear between the two ends: it holds for proportional prices and for those with a fixed part. */
function costAt(product: PricedProduct, faceMinor: number): Fraction {
  const { faceMinMinor, faceMaxMinor } = product;
  const low = fraction(product.costMin);
  if (faceMaxMinor === faceMinMinor) return low;
  const along = divide(fraction(faceMinor - faceMinMinor), fraction(faceMaxMinor - faceMinMinor));
  return add(low, multiply(subtract(fraction(product.costMax), low), along));
}

function share(amount: Fraction, basisPoints: number): Fraction {
  return multiply(amount, { n: BigInt(basisPoints), d: BigInt(WHOLE_BASIS_POINTS) });
}

import { type Fraction, formatMoney, fraction, multiply, toMajor, toMinor } from "@/lib/money";
import { share, WHOLE_BASIS_POINTS } from "./basis-points";
import type { PriceRule } from "./choose-rule";
import { type PricedProduct, priceCard } from "./price-card";
import { exactRateText, shortRateText } from "./rate-text";
import { type Rates, rateBetween } from "./rates";
import type { Explanation } from "./schemas";

/**
 * The way to the price of one card, in the numbers that it was computed with; null where there is no price. A discount can be computed
 * again from its text. A mark-up is told as what it comes to beside the face value: the cost it starts from is ours.
 */
export function explainPrice(
  product: PricedProduct,
  faceMinor: number,
  rule: PriceRule | undefined,
  rates: Rates,
  currency: string,
): Explanation | null {
  const price = priceCard(product, faceMinor, rule, rates, currency);
  const rate = rateBetween(rates, product.faceCurrency, currency);
  if (price.kind !== "price" || !rule || !rate) return null;
  const { faceCurrency } = product;
  const converted = faceCurrency !== currency;
  const { unitPriceMinor } = price;
  const holds = (text: string) =>
    rule.kind === "markup_on_cost" || discounted(faceMinor, faceCurrency, fraction(text), rule, currency) === unitPriceMinor;
  const face = `${formatMoney(faceMinor, faceCurrency)}${converted ? ` × ${shortRateText(rate, holds)}` : ""}`;
  const steps = rule.kind === "discount_off_face" ? lessAndPlus(rule, currency) : "";
  const isSum = rule.kind === "discount_off_face" && (converted || steps !== "");
  const atFace = discounted(faceMinor, faceCurrency, rate, NO_DISCOUNT, currency) === unitPriceMinor;
  const told = isSum ? ` = ${face}${steps}` : `, ${besideFace(price.discountBasisPoints, atFace)} the face value of ${face}`;
  return {
    text: `${formatMoney(unitPriceMinor, currency)}${told}, rule: ${rule.name}`,
    rule: rule.name,
    rate: converted ? exactRateText(rate) : null,
  };
}

const NO_DISCOUNT = { basisPoints: 0, fixedFeeMinor: 0 };

/** What a reader of the text computes. */
function discounted(
  faceMinor: number,
  faceCurrency: string,
  rate: Fraction,
  rule: Pick<PriceRule, "basisPoints" | "fixedFeeMinor">,
  currency: string,
): number {
  const face = multiply(toMajor(faceMinor, faceCurrency), rate);
  return toMinor(share(face, WHOLE_BASIS_POINTS - rule.basisPoints), currency) + rule.fixedFeeMinor;
}

function lessAndPlus({ basisPoints, fixedFeeMinor }: PriceRule, currency: string): string {
  const less = basisPoints === 0 ? "" : `, less ${percent(basisPoints)}`;
  return fixedFeeMinor === 0 ? less : `${less}, plus ${formatMoney(fixedFeeMinor, currency)}`;
}

function besideFace(discountBasisPoints: number, exactly: boolean): string {
  if (discountBasisPoints === 0) return exactly ? "at" : "about at";
  return discountBasisPoints > 0 ? `${percent(discountBasisPoints)} below` : `${percent(-discountBasisPoints)} above`;
}

/** 730 is "7.3 %". */
function percent(basisPoints: number): string {
  return `${basisPoints / 100} %`;
}

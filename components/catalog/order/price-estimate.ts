import type { Product } from "@/lib/catalog/schemas";
import { add, divide, fraction, multiply, roundFraction } from "@/lib/money";
import type { MoneyView } from "@/lib/money.schemas";

export interface Estimate {
  unit: MoneyView;
  total: MoneyView;
  /** False where the price lies between two known ones: the order's own price is the one that counts. */
  exact: boolean;
}

type Priced = Pick<Product, "faceMin" | "faceMax" | "priceMin" | "priceMax">;

/** What `quantity` cards of `faceMinor` cost by the prices of the product's smallest and largest face value; null without a price. */
export function estimatePrice(product: Priced, faceMinor: number, quantity: number): Estimate | null {
  const { faceMin, faceMax, priceMin, priceMax } = product;
  if (!priceMin || !priceMax) return null;
  const exact = faceMinor === faceMin.amountMinor || faceMinor === faceMax.amountMinor;
  const unitMinor =
    faceMinor === faceMin.amountMinor
      ? priceMin.amountMinor
      : interpolate(faceMinor, [faceMin.amountMinor, priceMin.amountMinor], [faceMax.amountMinor, priceMax.amountMinor]);
  const unit = { amountMinor: unitMinor, currency: priceMin.currency };
  return { unit, total: { ...unit, amountMinor: unitMinor * quantity }, exact };
}

/** On the straight line through two points, rounded once. */
function interpolate(x: number, [x0, y0]: [number, number], [x1, y1]: [number, number]): number {
  if (x1 === x0) return y0;
  const rise = multiply(fraction(y1 - y0), divide(fraction(x - x0), fraction(x1 - x0)));
  return Number(roundFraction(add(fraction(y0), rise)));
}

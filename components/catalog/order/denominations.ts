import type { Product } from "@/lib/catalog/schemas";

/** By face value, ranges after all fixed cards. */
export function byFace(products: readonly Product[]): Product[] {
  const rank = ({ kind }: Product) => (kind === "range" ? 1 : 0);
  return [...products].sort(
    (a, b) => rank(a) - rank(b) || a.faceMin.amountMinor - b.faceMin.amountMinor || a.faceMax.amountMinor - b.faceMax.amountMinor,
  );
}

/** Whether face values alone do not tell the denominations apart, so that each needs its name. */
export function needNames(products: readonly Product[]): boolean {
  const faces = products.map(({ faceMin, faceMax }) => `${faceMin.amountMinor} ${faceMax.amountMinor} ${faceMin.currency}`);
  return new Set(faces).size < products.length;
}

/** The first `most` of them; the chosen one is always in sight. */
export function firstOf(products: readonly Product[], most: number, chosenId: number): Product[] {
  return products.filter(({ id }, index) => index < most || id === chosenId);
}

import type { BrandFacts } from "./product-facts";
import type { Brand } from "./schemas";
import { brandRef, type Offer } from "./to-product";

/** A brand with what these products of it come to; at least one. */
export function toBrand(brand: BrandFacts, products: readonly Offer[]): Brand {
  const orderable = products.filter(({ unavailable }) => unavailable === null);
  const prices = orderable.flatMap(({ priceMin, priceMax }) => priceMin ?? priceMax ?? []);
  const discounts = orderable.flatMap(({ discountBasisPoints }) => (discountBasisPoints === null ? [] : [discountBasisPoints]));
  const currency = products[0]?.faceMin.currency ?? brand.currency;
  return {
    ...brandRef(brand),
    currency,
    categories: brand.categories,
    products: products.length,
    orderable: orderable.length,
    faceMin: { amountMinor: Math.min(...products.map(({ faceMin }) => faceMin.amountMinor)), currency },
    faceMax: { amountMinor: Math.max(...products.map(({ faceMax }) => faceMax.amountMinor)), currency },
    priceFrom:
      prices.length > 0 ? prices.reduce((least, price) => (price.amountMinor < least.amountMinor ? price : least)) : null,
    discountBasisPoints: discounts.length > 0 ? Math.max(...discounts) : null,
    unavailable: orderable.length > 0 ? null : (products[0]?.unavailable ?? null),
  };
}

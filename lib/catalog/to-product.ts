import { logoPath } from "@/lib/logos";
import type { CardPrice, PriceList } from "@/lib/pricing";
import { unavailableReason } from "./orderable";
import type { BrandFacts, ProductFacts } from "./product-facts";
import type { Product } from "./schemas";

export type Offer = Pick<Product, "faceMin" | "faceMax" | "priceMin" | "priceMax" | "discountBasisPoints" | "unavailable">;

/** What pricing and standing need to know of a product. Written out: a page of brands does this hundreds of times. */
export function subjectOf(product: ProductFacts, brand: BrandFacts) {
  return {
    productId: product.id,
    brandId: brand.id,
    categoryIds: brand.categories.map(({ id }) => id),
    faceCurrency: product.faceCurrency,
    faceMinMinor: product.faceMinMinor,
    faceMaxMinor: product.faceMaxMinor,
    costMin: product.costMin,
    costMax: product.costMax,
    costCurrency: product.costCurrency,
    stock: product.stock,
    withdrawn: product.withdrawn,
    inactive: product.inactive,
    brandOff: brand.off,
  };
}

export function brandRef({ id, name, logoUrl, countryCode }: BrandFacts) {
  return { id, name, logoUrl: logoPath({ id, logoUrl }), countryCode };
}

/**
 * What the partner is offered a product at, and why not. A range can be ordered while one of its ends can: price and cost run straight
 * between them, so where both fail all between does. The supplier's cost stays behind.
 */
export function offerOf(product: ProductFacts, brand: BrandFacts, prices: PriceList, catalogStale: boolean): Offer {
  const subject = subjectOf(product, brand);
  const { faceMinMinor, faceMaxMinor, faceCurrency } = subject;
  const low = prices.price(subject, faceMinMinor);
  const high = faceMinMinor === faceMaxMinor ? low : prices.price(subject, faceMaxMinor);
  const sold = low.kind === "price" ? low : high;
  const money = (price: CardPrice) =>
    price.kind === "price" ? { amountMinor: price.unitPriceMinor, currency: prices.currency } : null;
  return {
    faceMin: { amountMinor: faceMinMinor, currency: faceCurrency },
    faceMax: { amountMinor: faceMaxMinor, currency: faceCurrency },
    priceMin: money(low),
    priceMax: money(high),
    discountBasisPoints: sold.kind === "price" ? sold.discountBasisPoints : null,
    unavailable: unavailableReason(subject, prices, sold.kind === "price" ? "price" : low.kind, catalogStale),
  };
}

export function toProduct(product: ProductFacts, brand: BrandFacts, prices: PriceList, catalogStale: boolean): Product {
  return {
    id: product.id,
    name: product.name,
    brand: brandRef(brand),
    categories: brand.categories,
    kind: product.faceMinMinor === product.faceMaxMinor ? "fixed" : "range",
    ...offerOf(product, brand, prices, catalogStale),
    stock: product.stock,
  };
}

import { wireTime } from "../clock";
import { fromUnits } from "../money/amount";
import { convertUnits } from "../money/cost";
import { categories } from "./reference";
import type { Brand, Product } from "./types";

const categoryById = new Map(categories.map((category) => [category.id, { ...category, description: "" }]));

export interface SerialiseOptions {
  assetsUrl: string;
  /** Only these products. */
  only?: ((product: Product) => boolean) | undefined;
  /** Prices in this currency; `rate` gives units of it for one unit of the price's own, scaled. */
  target?: { currency: string; rate: (from: string) => number } | undefined;
}

/** A brand with its products, as both versions of the catalogue have it. */
export function serialiseBrand(brand: Brand, options: SerialiseOptions): string {
  return JSON.stringify({
    internalId: String(brand.id),
    name: brand.name,
    countryCode: brand.countryCode,
    currencyCode: brand.currencyCode,
    description: brand.description,
    disclaimer: brand.disclaimer,
    redemptionInstructions: brand.redemptionInstructions,
    terms: brand.terms,
    logoUrl: logoUrl(brand, options.assetsUrl),
    modifiedDate: wireTime(brand.modifiedAtMs),
    products: brand.products
      .filter((product) => !product.unlisted && (options.only?.(product) ?? true))
      .map((product) => productJson(product, options.target)),
    categories: brand.categoryIds.map((id) => categoryById.get(id)),
  });
}

export function logoUrl(brand: Brand, assetsUrl: string): string {
  return brand.hasLogo ? `${assetsUrl}/brand-${brand.id}.svg` : "";
}

function productJson(product: Product, target: SerialiseOptions["target"]) {
  const convert = (units: number) => fromUnits(target ? convertUnits(units, target.rate(product.priceCurrency)) : units);
  return {
    id: product.id,
    name: product.name,
    minFaceValue: fromUnits(product.minFace),
    maxFaceValue: fromUnits(product.maxFace),
    count: product.count,
    price: {
      min: convert(product.priceMin),
      max: convert(product.priceMax),
      currencyCode: target ? target.currency : product.priceCurrency,
    },
    modifiedDate: wireTime(product.modifiedAtMs),
    ...(product.status !== undefined && { status: product.status }),
  };
}

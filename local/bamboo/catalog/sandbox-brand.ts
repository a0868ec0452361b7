import { type MagicProduct, magicProducts, sandboxBrand } from "../magic";
import { UNITS_PER_ONE } from "../money/amount";
import { CATALOG_EPOCH_MS } from "./reference";
import type { Brand, Product } from "./types";

/** Nine tenths of the face value: 9.00 on 10. */
const PRICE_SHARE = 0.9;

/** The brand of the magic products, as the catalogue shows it. */
export function buildSandboxBrand(): Brand {
  return {
    ...sandboxBrand,
    description: "Cards that misbehave on purpose, each in the way its name says.",
    disclaimer: null,
    redemptionInstructions: "These codes open nothing.",
    terms: "",
    status: "Live",
    hasLogo: true,
    modifiedAtMs: CATALOG_EPOCH_MS,
    categoryIds: [2, 3],
    products: Object.values(magicProducts).map(buildProduct),
  };
}

function buildProduct(magic: MagicProduct): Product {
  const [minFace, maxFace] = magic.face;
  return {
    id: magic.id,
    brandId: sandboxBrand.id,
    name: magic.name,
    minFace: minFace * UNITS_PER_ONE,
    maxFace: maxFace * UNITS_PER_ONE,
    count: magic.count,
    priceMin: Math.round(minFace * UNITS_PER_ONE * PRICE_SHARE),
    priceMax: Math.round(maxFace * UNITS_PER_ONE * PRICE_SHARE),
    priceCurrency: "USD",
    modifiedAtMs: CATALOG_EPOCH_MS,
    orderable: true,
    hasPin: true,
    expires: true,
  };
}

/** One product. Face values and prices are in units (ten-thousandths); `count` null is unlimited. */
export interface Product {
  id: number;
  brandId: number;
  name: string;
  minFace: number;
  maxFace: number;
  count: number | null;
  priceMin: number;
  priceMax: number;
  priceCurrency: string;
  modifiedAtMs: number;
  orderable: boolean;
  /** Taken out of the catalogue. */
  unlisted?: boolean;
  /** Written only where it is set, as the sheet is unsure of the field: `Live`, or a word that means not sold now. */
  status?: string;
  hasPin: boolean;
  expires: boolean;
}

/** One brand in one country; `sku` is what v2 orders it by. */
export interface Brand {
  id: number;
  name: string;
  sku: string;
  countryCode: string;
  currencyCode: string;
  description: string | null;
  disclaimer: string | null;
  redemptionInstructions: string | null;
  terms: string | null;
  status: "Live" | "TemporaryInactive";
  hasLogo: boolean;
  modifiedAtMs: number;
  categoryIds: number[];
  products: Product[];
}

/** Search and filters of the catalogue. Prices are in the partner's currency, face values in `currency`; all in minor units. */
export interface CatalogFilters {
  search: string;
  category: number | null;
  country: string | null;
  currency: string | null;
  inStock: boolean;
  priceFromMinor: number | null;
  priceToMinor: number | null;
  faceFromMinor: number | null;
  faceToMinor: number | null;
  /** Only products of this brand; the brands themselves are not narrowed by it. */
  onlyBrand: string | null;
}

/** What the filters that can be taken off are called; one range is one filter. */
export type FilterName = "category" | "country" | "currency" | "price" | "face" | "inStock" | "onlyBrand";

/** The filters in use, in the order that they are shown; the search is none of them. */
export function activeFilters(filters: CatalogFilters): FilterName[] {
  const inUse: Record<FilterName, boolean> = {
    onlyBrand: filters.onlyBrand !== null,
    category: filters.category !== null,
    country: filters.country !== null,
    currency: filters.currency !== null,
    price: filters.priceFromMinor !== null || filters.priceToMinor !== null,
    face: filters.currency !== null && (filters.faceFromMinor !== null || filters.faceToMinor !== null),
    inStock: filters.inStock,
  };
  return FILTER_NAMES.filter((name) => inUse[name]);
}

/** The change that takes a filter off. A face range means nothing without its currency, and goes with it. */
export function without(name: FilterName): Partial<CatalogFilters> {
  return NONE[name];
}

/** The filters as the API's query takes them. A face range without a currency, as an edited address may hold, is left out. */
export function toQuery({ search, inStock, onlyBrand: _onlyBrand, faceFromMinor, faceToMinor, ...rest }: CatalogFilters) {
  const faces = rest.currency === null ? {} : { faceFromMinor, faceToMinor };
  return { ...rest, ...faces, search: search.trim(), inStock: inStock || null };
}

const noFace = { faceFromMinor: null, faceToMinor: null };
const NONE: Record<FilterName, Partial<CatalogFilters>> = {
  onlyBrand: { onlyBrand: null },
  category: { category: null },
  country: { country: null },
  currency: { currency: null, ...noFace },
  price: { priceFromMinor: null, priceToMinor: null },
  face: noFace,
  inStock: { inStock: false },
};
const FILTER_NAMES: readonly FilterName[] = ["onlyBrand", "category", "country", "currency", "price", "face", "inStock"];

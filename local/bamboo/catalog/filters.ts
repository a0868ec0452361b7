import { z } from "zod";
import type { Brand, Product } from "./types";

const DEFAULT_PAGE_SIZE = 100;
const whole = z.coerce.number().int().min(0);

const filtersSchema = z.object({
  CurrencyCode: z.string().nullable(),
  CountryCode: z.string().nullable(),
  Name: z.string().nullable(),
  ModifiedDate: z.iso.date().nullable(),
  ProductId: whole.nullable(),
  BrandId: whole.nullable(),
  TargetCurrency: z.string().length(3).nullable(),
  PageSize: whole.min(1).nullable(),
  PageIndex: whole.nullable(),
});

export interface Filters {
  currencyCode: string | null;
  countryCode: string | null;
  name: string | null;
  modifiedAfterMs: number | null;
  productId: number | null;
  brandId: number | null;
  targetCurrency: string | null;
  pageSize: number;
  pageIndex: number;
}

/** The query of the v2 catalogue; a page size above the cap becomes the cap. */
export function readFilters(
  query: (name: string) => string | null,
  pageSizeCap: number,
): Filters | { errors: Record<string, string[]> } {
  const given = Object.fromEntries(Object.keys(filtersSchema.shape).map((name) => [name, query(name)]));
  const parsed = filtersSchema.safeParse(given);
  if (!parsed.success)
    return { errors: Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join("."), [issue.message]])) };
  const { data } = parsed;
  return {
    currencyCode: data.CurrencyCode?.toUpperCase() ?? null,
    countryCode: data.CountryCode?.toUpperCase() ?? null,
    name: data.Name?.toLowerCase() ?? null,
    modifiedAfterMs: data.ModifiedDate === null ? null : justBefore(data.ModifiedDate),
    productId: data.ProductId,
    brandId: data.BrandId,
    targetCurrency: data.TargetCurrency?.toUpperCase() ?? null,
    pageSize: Math.min(data.PageSize ?? DEFAULT_PAGE_SIZE, pageSizeCap),
    pageIndex: data.PageIndex ?? 0,
  };
}

/** The brands that match, and the test for their products if the filter is about products; brands left without any are not shown. */
export function findBrands(
  brands: readonly Brand[],
  filters: Filters,
): { brands: Brand[]; only?: (product: Product) => boolean } {
  const matching = brands.filter(
    (brand) =>
      (filters.currencyCode === null || brand.currencyCode === filters.currencyCode) &&
      (filters.countryCode === null || brand.countryCode === filters.countryCode) &&
      (filters.name === null || brand.name.toLowerCase().includes(filters.name)) &&
      (filters.brandId === null || brand.id === filters.brandId),
  );
  if (filters.productId === null && filters.modifiedAfterMs === null) return { brands: matching };
  const { productId, modifiedAfterMs } = filters;
  const only = (product: Product) =>
    !product.unlisted &&
    (productId === null || product.id === productId) &&
    (modifiedAfterMs === null || product.modifiedAtMs > modifiedAfterMs);
  return { brands: matching.filter((brand) => brand.products.some(only)), only };
}

/** "Modified after a date" begins when that day (UTC) begins: a change of that very day is not to be missed. */
export function justBefore(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) - 1;
}

import { desc, eq, sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { brands, catalogRefreshes, products } from "@/drizzle/schema";
import type { CardPrice, PriceList } from "@/lib/pricing";
import { unavailableReason } from "./orderable";
import type { Product } from "./schemas";

export const productColumns = {
  id: products.id,
  name: products.name,
  brandId: products.brandId,
  brandName: brands.name,
  logoUrl: brands.logoUrl,
  countryCode: brands.countryCode,
  faceCurrency: products.faceCurrency,
  faceMinMinor: products.faceMinMinor,
  faceMaxMinor: products.faceMaxMinor,
  costMin: products.costMin,
  costMax: products.costMax,
  costCurrency: products.costCurrency,
  stock: products.stock,
  withdrawnAt: products.withdrawnAt,
  searchText: products.searchText,
  categories: sql<
    { id: number; name: string }[]
  >`coalesce((select json_agg(json_build_object('id', c.id, 'name', c.name) order by c.name) from brand_categories b join categories c on c.id = b.category_id where b.brand_id = ${products.brandId}), '[]'::json)`,
};

interface ProductRow {
  id: number;
  name: string;
  brandId: string;
  brandName: string;
  logoUrl: string | null;
  countryCode: string | null;
  faceCurrency: string;
  faceMinMinor: number;
  faceMaxMinor: number;
  costMin: string;
  costMax: string;
  costCurrency: string;
  stock: number | null;
  withdrawnAt: Date | null;
  categories: { id: number; name: string }[];
}

/** A row with the partner's price at both ends. The supplier's cost stays behind. */
export function toProduct(row: ProductRow, prices: PriceList): Product {
  const subject = { ...row, productId: row.id, categoryIds: row.categories.map(({ id }) => id) };
  const low = prices.price(subject, row.faceMinMinor);
  const fixed = row.faceMinMinor === row.faceMaxMinor;
  const high = fixed ? low : prices.price(subject, row.faceMaxMinor);
  const money = (price: CardPrice) =>
    price.kind === "price" ? { amountMinor: price.unitPriceMinor, currency: prices.currency } : null;
  return {
    id: row.id,
    name: row.name,
    brand: { id: row.brandId, name: row.brandName, logoUrl: row.logoUrl, countryCode: row.countryCode },
    categories: row.categories,
    kind: fixed ? "fixed" : "range",
    faceMin: { amountMinor: row.faceMinMinor, currency: row.faceCurrency },
    faceMax: { amountMinor: row.faceMaxMinor, currency: row.faceCurrency },
    priceMin: money(low),
    priceMax: money(high),
    discountBasisPoints: low.kind === "price" ? low.discountBasisPoints : null,
    stock: row.stock,
    unavailable: unavailableReason(
      { stock: row.stock, withdrawn: row.withdrawnAt !== null },
      low.kind === "price" ? high.kind : low.kind,
    ),
  };
}

/** When the catalogue was last read in full; null before the first read. */
export async function lastRefreshAt(executor: Executor): Promise<string | null> {
  const [last] = await executor
    .select({ finishedAt: catalogRefreshes.finishedAt })
    .from(catalogRefreshes)
    .where(eq(catalogRefreshes.status, "completed"))
    .orderBy(desc(catalogRefreshes.startedAt))
    .limit(1);
  return last?.finishedAt?.toISOString() ?? null;
}

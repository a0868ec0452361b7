import { and, asc, eq, isNull, ne, or, sql } from "drizzle-orm";
import type { z } from "zod";
import { db } from "@/drizzle/client";
import { brands, products } from "@/drizzle/schema";
import { type Ctx, requireMember } from "@/lib/auth";
import { containing } from "@/lib/like";
import { decodeCursor, encodeCursor } from "@/lib/paging";
import { loadPriceList } from "@/lib/pricing";
import { lastRefreshAt, productColumns, toProduct } from "./product-rows";
import type { ProductsPage, productsQuery } from "./schemas";

/** Products with the partner's price, in the order of brand and name, by keyset. */
export async function listProducts(ctx: Ctx, query: z.infer<typeof productsQuery>): Promise<ProductsPage> {
  const { partnerId } = requireMember(ctx, "catalog.read");
  const [prices, asOf, rows] = await Promise.all([
    loadPriceList(db(), partnerId),
    lastRefreshAt(db()),
    db()
      .select(productColumns)
      .from(products)
      .innerJoin(brands, eq(brands.id, products.brandId))
      .where(and(isNull(products.withdrawnAt), filters(query), after(query.cursor)))
      .orderBy(asc(products.searchText), asc(products.id))
      .limit(query.limit + 1),
  ]);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  const nextCursor = rows.length > query.limit && last ? encodeCursor([last.searchText, String(last.id)]) : null;
  return { items: items.map((row) => toProduct(row, prices)), nextCursor, asOf };
}

function filters({ search, brand, category, country, currency, inStock }: z.infer<typeof productsQuery>) {
  return and(
    brand === undefined ? undefined : eq(products.brandId, brand),
    category === undefined
      ? undefined
      : sql`exists (select from brand_categories c where c.brand_id = ${products.brandId} and c.category_id = ${category})`,
    country === undefined ? undefined : eq(brands.countryCode, country),
    currency === undefined ? undefined : eq(products.faceCurrency, currency),
    inStock ? or(isNull(products.stock), ne(products.stock, 0)) : undefined,
    search ? matches(search) : undefined,
  );
}

/** Every word as typed, or the whole nearly so: the trigram index serves both. */
function matches(search: string) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const exact = and(...words.map((word) => sql`${products.searchText} like ${containing(word)}`));
  return or(exact, sql`${search.toLowerCase()} <% ${products.searchText}`);
}

function after(cursor: string | undefined) {
  if (!cursor) return undefined;
  const [searchText, id] = decodeCursor(cursor, ["text", "integer"]);
  return sql`(${products.searchText}, ${products.id}) > (${searchText}, ${id}::bigint)`;
}

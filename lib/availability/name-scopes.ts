import { inArray } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { brands, categories, products } from "@/drizzle/schema";

export interface Scope {
  scope: "product" | "brand" | "category" | "default";
  /** The product's, brand's or category's id as text. */
  scopeId: string | null;
}

/** What scopes are called in the catalogue, in a query for each kind there is; null for what is not in it. */
export async function nameScopes(executor: Executor, scopes: readonly Scope[]): Promise<(scope: Scope) => string | null> {
  const idsOf = (kind: Scope["scope"]) => scopes.flatMap(({ scope, scopeId }) => (scope === kind && scopeId ? [scopeId] : []));
  const brandIds = idsOf("brand");
  const [productIds, categoryIds] = [
    idsOf("product").flatMap(numbered(BIGGEST_PRODUCT)),
    idsOf("category").flatMap(numbered(BIGGEST_CATEGORY)),
  ];
  const names = new Map<string, string>();
  const note = (kind: Scope["scope"], rows: readonly { id: string | number; name: string }[]) => {
    for (const { id, name } of rows) names.set(`${kind}:${id}`, name);
  };
  if (brandIds.length > 0)
    note("brand", await executor.select({ id: brands.id, name: brands.name }).from(brands).where(inArray(brands.id, brandIds)));
  if (productIds.length > 0)
    note(
      "product",
      await executor.select({ id: products.id, name: products.name }).from(products).where(inArray(products.id, productIds)),
    );
  if (categoryIds.length > 0)
    note(
      "category",
      await executor
        .select({ id: categories.id, name: categories.name })
        .from(categories)
        .where(inArray(categories.id, categoryIds)),
    );
  return ({ scope, scopeId }) => names.get(`${scope}:${scopeId}`) ?? null;
}

const BIGGEST_PRODUCT = Number.MAX_SAFE_INTEGER;
const BIGGEST_CATEGORY = 2_147_483_647;

/** Only what the database takes as such an id; " 7" and "7.0" are no names of product 7. */
const numbered = (biggest: number) => (text: string) =>
  /^[1-9]\d{0,15}$/.test(text) && Number(text) <= biggest ? [Number(text)] : [];

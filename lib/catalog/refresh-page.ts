import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { brandCategories, brands, categories, products } from "@/drizzle/schema";
import type { SupplierBrand } from "@/lib/bamboo";
import { supplier } from "@/lib/supplier";

export type RefreshedPage = { kind: "page"; brands: number; products: number; last: boolean } | { kind: "later"; waitMs: number };

const MAX_TURN_WAIT_MS = 10_000;
const ROWS_PER_STATEMENT = 500;

/** Reads one page of the catalogue and writes it, in one transaction. Throws when the answer is unusable: nothing of it is kept. */
export async function refreshPage(pageIndex: number): Promise<RefreshedPage> {
  const reserved = await supplier().reserve("catalog", MAX_TURN_WAIT_MS);
  if (reserved.kind === "not_now") return { kind: "later", waitMs: reserved.waitMs };
  const answer = await supplier().catalogPage(reserved.turn, pageIndex);
  if (answer.kind === "not_now") return { kind: "later", waitMs: answer.waitMs };
  if (answer.kind === "throttled") return { kind: "later", waitMs: answer.waitSeconds * 1_000 };
  if (answer.kind === "unclear") throw new Error(`Page ${pageIndex} of the catalogue is unusable: ${answer.cause}`);
  await db().transaction((tx) => writeBrands(tx, answer.brands));
  const count = answer.brands.reduce((sum, brand) => sum + brand.products.length, 0);
  return { kind: "page", brands: answer.brands.length, products: count, last: answer.last };
}

async function writeBrands(tx: Transaction, page: readonly SupplierBrand[]): Promise<void> {
  if (page.length === 0) return;
  // The database's clock, which the end of the refresh compares with.
  const { rows: clock } = await tx.execute<{ now: Date | string }>(sql`select now() as now`);
  const refreshedAt = new Date(clock[0]?.now ?? Date.now());
  const named = new Map(page.flatMap((brand) => brand.categories).map((category) => [category.id, category]));
  if (named.size > 0)
    await tx
      .insert(categories)
      .values([...named.values()])
      .onConflictDoUpdate({ target: categories.id, set: { name: sql`excluded.name` } });
  await tx
    .insert(brands)
    .values(page.map(({ products: _, categories: __, ...brand }) => ({ ...brand, refreshedAt })))
    .onConflictDoUpdate({
      target: brands.id,
      set: {
        name: sql`excluded.name`,
        countryCode: sql`excluded.country_code`,
        currency: sql`excluded.currency`,
        logoUrl: sql`excluded.logo_url`,
        description: sql`excluded.description`,
        redemptionInstructions: sql`excluded.redemption_instructions`,
        terms: sql`excluded.terms`,
        refreshedAt: sql`excluded.refreshed_at`,
      },
    });
  await writeCategories(tx, page);
  const rows = page.flatMap((brand) =>
    brand.products.map((product) => ({
      ...product,
      brandId: brand.id,
      faceCurrency: brand.currency,
      searchText: searchText(brand.name, product.name),
      refreshedAt,
    })),
  );
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT)
    await writeProducts(tx, rows.slice(start, start + ROWS_PER_STATEMENT));
}

async function writeCategories(tx: Transaction, page: readonly SupplierBrand[]): Promise<void> {
  const pairs = page.flatMap((brand) =>
    [...new Set(brand.categories.map(({ id }) => id))].map((categoryId) => ({ brandId: brand.id, categoryId })),
  );
  await tx.execute(sql`delete from brand_categories where brand_id in ${page.map(({ id }) => id)}`);
  if (pairs.length > 0) await tx.insert(brandCategories).values(pairs);
}

/** A product named after its brand is not repeated, so that the list reads and sorts well. */
function searchText(brand: string, product: string): string {
  const [low, name] = [brand.toLowerCase(), product.toLowerCase()];
  return name.startsWith(low) ? name : `${low} ${name}`;
}

async function writeProducts(tx: Transaction, rows: (typeof products.$inferInsert)[]): Promise<void> {
  await tx
    .insert(products)
    .values(rows)
    .onConflictDoUpdate({
      target: products.id,
      set: {
        brandId: sql`excluded.brand_id`,
        name: sql`excluded.name`,
        faceCurrency: sql`excluded.face_currency`,
        faceMinMinor: sql`excluded.face_min_minor`,
        faceMaxMinor: sql`excluded.face_max_minor`,
        costMin: sql`excluded.cost_min`,
        costMax: sql`excluded.cost_max`,
        costCurrency: sql`excluded.cost_currency`,
        stock: sql`excluded.stock`,
        searchText: sql`excluded.search_text`,
        withdrawnAt: sql`null`,
        refreshedAt: sql`excluded.refreshed_at`,
      },
    });
}

import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { brandCategories, brands, categories, products } from "@/drizzle/schema";
import { type Ctx, requireMember } from "@/lib/auth";
import { type CatalogReader, catalogMoment, catalogReader } from "./reader";

type ProductRow = typeof products.$inferInsert;
type Card = Partial<Omit<ProductRow, "brandId">> & { faceMinMinor: number };

const FIRST_ID = 3_000_000_000;
const ID_RANGE = 1_000_000_000;

/** Ids of a test's own: other tests have the same tables. */
let nextId = FIRST_ID + Math.floor(Math.random() * ID_RANGE) * 1_000;

/** A brand of a test's own with these cards, at a cost of nine tenths of the face unless they say otherwise; their ids in order. */
export async function stockShelf(
  brand: Partial<typeof brands.$inferInsert> & { name: string },
  cards: readonly Card[],
  categoryIds: readonly number[] = [],
): Promise<{ brandId: string; productIds: number[] }> {
  const brandId = brand.id ?? randomUUID();
  const currency = brand.currency ?? "USD";
  const changedAt = new Date();
  await db()
    .insert(brands)
    .values({ ...brand, id: brandId, currency, changedAt });
  const rows = cards.map((card): ProductRow => {
    const { faceMinMinor, faceMaxMinor = faceMinMinor, ...rest } = card;
    const cost = (minor: number) => ((minor * 9) / 1_000).toFixed(4);
    return {
      id: nextId++,
      brandId,
      name: `${brand.name} card`,
      faceCurrency: currency,
      costCurrency: currency,
      costMin: cost(faceMinMinor),
      costMax: cost(faceMaxMinor),
      changedAt,
      ...rest,
      faceMinMinor,
      faceMaxMinor,
    };
  });
  if (rows.length > 0) await db().insert(products).values(rows);
  if (categoryIds.length > 0) {
    await db()
      .insert(categories)
      .values(categoryIds.map((id) => ({ id, name: `Category ${id}` })))
      .onConflictDoUpdate({ target: categories.id, set: { name: sql`excluded.name` } });
    await db()
      .insert(brandCategories)
      .values(categoryIds.map((categoryId) => ({ brandId, categoryId })));
  }
  return { brandId, productIds: rows.map(({ id }) => id) };
}

/** A reader as a request has one, for a search. */
export async function loadCatalogReader(ctx: Ctx, search?: string): Promise<CatalogReader> {
  const { partnerId } = requireMember(ctx, "catalog.read");
  const { rows } = await db().execute<{ moment: unknown }>(
    sql`select ${catalogMoment(search, sql`${partnerId}::uuid`)} as moment`,
  );
  return catalogReader(ctx, rows[0]?.moment);
}

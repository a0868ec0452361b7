import { sql } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";
import type { RefreshCounts } from "@/drizzle/schema";
import type { SupplierBrand } from "@/lib/bamboo";
import { lockCatalog } from "@/lib/catalog";
import { log } from "@/lib/log";
import { writeProducts } from "./write-products";

const MAX_NAMED = 20;

/** Where the brands come from: the read of the whole, or null, and a moment of the database's clock before they were asked for. */
export interface ReadOf {
  refreshId: string | null;
  readAt: string;
}

export interface WrittenBrands {
  /** As listed, twice where one is listed twice. */
  brandIds: string[];
  /** All that were listed: also those that could not be read, and stay as they were. */
  productIds: number[];
  counts: RefreshCounts;
  /** Rows that were added, changed or removed, with those of the history. */
  rows: number;
}

/**
 * Writes what differs and leaves every other row as it is: a row that says the same is not even locked. Marks returned what was withdrawn,
 * and logs what changed in products. Withdraws nothing.
 */
export async function writeBrands(tx: Transaction, read: ReadOf, listed: readonly SupplierBrand[]): Promise<WrittenBrands> {
  const brands = [...firstOf(listed).values()];
  await lockCatalog(tx);
  const categoryRows = await writeCategories(tx, brands);
  const brandRows = await writeBrandRows(tx, brands);
  const linkRows = await writeLinks(tx, brands);
  // Of all: two entries of one brand may list different products.
  const { productIds, counts, rows } = await writeProducts(tx, read, listed);
  const unreadable = listed.flatMap((brand) => brand.unreadable);
  if (unreadable.length > 0) tellUnreadable(unreadable);
  return {
    brandIds: listed.map(({ id }) => id),
    productIds: [...new Set([...productIds, ...unreadable.filter((id) => id !== null)])],
    counts: { brands: brands.length, products: productIds.length, withdrawn: 0, ...counts },
    rows: categoryRows + brandRows + linkRows + rows,
  };
}

/** The page goes on without them: one bad entry must not age the whole catalogue. */
function tellUnreadable(unreadable: readonly (number | null)[]): void {
  const named = unreadable.filter((id) => id !== null).slice(0, MAX_NAMED);
  log.warn("Products of the catalogue cannot be read and stay as they were", {
    products: unreadable.length,
    ids: named.join(" "),
  });
}

/** By id, the first of each: one statement cannot write a row twice. */
export function firstOf<T extends { id: string | number }>(items: readonly T[]): Map<T["id"], T> {
  const first = new Map<T["id"], T>();
  for (const item of items) if (!first.has(item.id)) first.set(item.id, item);
  return first;
}

async function writeCategories(tx: Transaction, brands: readonly SupplierBrand[]): Promise<number> {
  const named = [...firstOf(brands.flatMap(({ categories }) => categories)).values()];
  if (named.length === 0) return 0;
  const { rowCount } = await tx.execute(sql`
    insert into categories (id, name)
    select i.id, i.name from jsonb_to_recordset(${JSON.stringify(named)}::jsonb) as i (id integer, name text)
    left join categories c on c.id = i.id
    where c.id is null or c.name is distinct from i.name
    order by i.id
    on conflict (id) do update set name = excluded.name`);
  return rowCount ?? 0;
}

async function writeBrandRows(tx: Transaction, brands: readonly SupplierBrand[]): Promise<number> {
  if (brands.length === 0) return 0;
  const told = brands.map(({ products: _, categories: __, unreadable: ___, ...brand }) => brand);
  const { rowCount } = await tx.execute(sql`
    insert into brands (id, name, country_code, currency, logo_url, description, redemption_instructions, terms, changed_at)
    select i.id, i.name, i."countryCode", i.currency, i."logoUrl", i.description, i."redemptionInstructions", i.terms, now()
    from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as i (id text, name text, "countryCode" text, currency text, "logoUrl" text,
      description text, "redemptionInstructions" text, terms text)
    left join brands b on b.id = i.id
    where b.id is null or (b.name, b.country_code, b.currency, b.logo_url, b.description, b.redemption_instructions, b.terms)
      is distinct from (i.name, i."countryCode", i.currency, i."logoUrl", i.description, i."redemptionInstructions", i.terms)
    order by i.id
    on conflict (id) do update set name = excluded.name, country_code = excluded.country_code, currency = excluded.currency,
      logo_url = excluded.logo_url, description = excluded.description, redemption_instructions = excluded.redemption_instructions,
      terms = excluded.terms, changed_at = excluded.changed_at`);
  return rowCount ?? 0;
}

async function writeLinks(tx: Transaction, brands: readonly SupplierBrand[]): Promise<number> {
  const brandIds = brands.map(({ id }) => id);
  const pairs = brands.flatMap(({ id, categories }) =>
    [...firstOf(categories).keys()].map((categoryId) => ({ brandId: id, categoryId })),
  );
  const { rows } = await tx.execute<{ rows: number }>(sql`
    with listed as (select * from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as l ("brandId" text, "categoryId" integer)),
    gone as (
      delete from brand_categories b where b.brand_id = any (${sql.param(brandIds)}::text[])
        and not exists (select from listed l where l."brandId" = b.brand_id and l."categoryId" = b.category_id)
      returning 1),
    added as (
      insert into brand_categories (brand_id, category_id)
      select l."brandId", l."categoryId" from listed l
      where not exists (select from brand_categories b where b.brand_id = l."brandId" and b.category_id = l."categoryId")
      order by 1, 2
      returning 1)
    select ((select count(*) from gone) + (select count(*) from added))::int as rows`);
  return rows[0]?.rows ?? 0;
}

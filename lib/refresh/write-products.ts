import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";
import type { RefreshCounts } from "@/drizzle/schema";
import type { SupplierBrand } from "@/lib/bamboo";
import { firstOf, type ReadOf } from "./write-brands";

type ProductCounts = Omit<RefreshCounts, "brands" | "products" | "withdrawn">;

const ROWS_PER_STATEMENT = 2_000;

/** Adds, changes and brings back products, and logs what changed, a few thousand a statement. Rows that say the same stay untouched. */
export async function writeProducts(
  tx: Transaction,
  read: ReadOf,
  brands: readonly SupplierBrand[],
): Promise<{ productIds: number[]; counts: ProductCounts; rows: number }> {
  const listed = [
    ...firstOf(
      brands.flatMap((brand) =>
        brand.products.map((product) => ({
          ...product,
          brandId: brand.id,
          faceCurrency: brand.currency,
        })),
      ),
    ).values(),
  ];
  const counts: ProductCounts = { added: 0, changed: 0, repriced: 0, restocked: 0, returned: 0 };
  let rows = 0;
  for (let start = 0; start < listed.length; start += ROWS_PER_STATEMENT) {
    const written = await tx.execute<ProductCounts & { rows: number }>(
      writeStatement(read, JSON.stringify(listed.slice(start, start + ROWS_PER_STATEMENT))),
    );
    const told = written.rows[0];
    if (!told) continue;
    rows += told.rows;
    counts.added += told.added;
    counts.changed += told.changed;
    counts.repriced += told.repriced;
    counts.restocked += told.restocked;
    counts.returned += told.returned;
  }
  return { productIds: listed.map(({ id }) => id), counts, rows };
}

/** All parts of a statement see the rows as they were before it. */
function writeStatement({ refreshId, readAt }: ReadOf, json: string): SQL {
  return sql`with ${compared(json)}, ${changed(readAt)}, ${written()}, ${logged(refreshId)}
    select count(*) filter (where is_new)::int as added, count(*) filter (where returned)::int as returned,
      count(*) filter (where not is_new and (renamed or repriced or moved or because is distinct from old_because))::int as changed,
      count(*) filter (where not is_new and repriced)::int as repriced,
      count(*) filter (where not is_new and was_out <> is_out)::int as restocked,
      ((select count(*) from written) + (select count(*) from logged))::int as rows
    from changed`;
}

/** What is listed beside what we have. */
const compared = (json: string): SQL => sql`
  compared as (
    select i.*, p.id is null as is_new, p.withdrawn_at is not null as returned,
      (p.brand_id, p.name, p.face_currency, p.face_min_minor, p.face_max_minor)
        is distinct from (i."brandId", i.name, i."faceCurrency", i."faceMinMinor", i."faceMaxMinor") as renamed,
      (p.cost_min, p.cost_max, p.cost_currency) is distinct from (i."costMin", i."costMax", i."costCurrency") as repriced,
      p.stock is distinct from i.stock as moved,
      coalesce(p.stock, 1) = 0 as was_out, coalesce(i.stock, 1) = 0 as is_out, p.stock is null as was_unlimited, i.stock is null as is_unlimited,
      p.inactive_at as old_inactive_at, p.inactive_because as old_because
    from jsonb_to_recordset(${json}::jsonb) as i (id bigint, "brandId" text, name text, "faceCurrency" text, "faceMinMinor" bigint,
      "faceMaxMinor" bigint, "costMin" numeric(18, 4), "costMax" numeric(18, 4), "costCurrency" text, stock integer, inactive boolean)
    left join products p on p.id = i.id)`;

/**
 * What differs, and whether it is sold: a product that the supplier refused is so again once it was read later than that, or with a change.
 */
const changed = (readAt: string): SQL => sql`
  decided as (
    select c.*, case
      when inactive then 'listed'
      when old_because = 'refused' and old_inactive_at >= ${readAt}::timestamptz and not (returned or renamed or repriced or moved) then 'refused'
      end as because
    from compared c),
  changed as (
    select * from decided
    where is_new or returned or renamed or repriced or moved or because is distinct from old_because)`;

const written = (): SQL => sql`
  written as (
    insert into products (id, brand_id, name, face_currency, face_min_minor, face_max_minor, cost_min, cost_max, cost_currency, stock,
      inactive_at, inactive_because, changed_at)
    select id, "brandId", name, "faceCurrency", "faceMinMinor", "faceMaxMinor", "costMin", "costMax", "costCurrency", stock,
      case when because is not null then coalesce(old_inactive_at, now()) end, because, now()
    from changed order by id
    on conflict (id) do update set brand_id = excluded.brand_id, name = excluded.name, face_currency = excluded.face_currency,
      face_min_minor = excluded.face_min_minor, face_max_minor = excluded.face_max_minor, cost_min = excluded.cost_min,
      cost_max = excluded.cost_max, cost_currency = excluded.cost_currency, stock = excluded.stock,
      withdrawn_at = null, inactive_at = excluded.inactive_at, inactive_because = excluded.inactive_because, changed_at = excluded.changed_at
    returning 1)`;

/** One entry for each kind of change, with what differs before and after; a cost is never without its currency. */
const logged = (refreshId: string | null): SQL => sql`
  logged as (
    insert into catalog_changes (refresh_id, product_id, kind, before, after)
    select ${refreshId}::uuid, c.id, k.kind, d.before, d.after
    from changed c left join products p on p.id = c.id
    cross join lateral (values
      ('added', c.is_new, null::jsonb, null::jsonb),
      ('returned', c.returned, null, null),
      ('inactive', not c.is_new and c.old_because is null and c.because is not null,
        jsonb_build_object('inactive', c.old_because), jsonb_build_object('inactive', c.because)),
      ('active', c.old_because is not null and c.because is null,
        jsonb_build_object('inactive', c.old_because), jsonb_build_object('inactive', c.because)),
      ('price', not c.is_new and c.repriced,
        jsonb_build_object('costMin', trim_scale(p.cost_min)::text, 'costMax', trim_scale(p.cost_max)::text, 'costCurrency', p.cost_currency),
        jsonb_build_object('costMin', trim_scale(c."costMin")::text, 'costMax', trim_scale(c."costMax")::text, 'costCurrency', c."costCurrency")),
      ('stock', not c.is_new and (c.was_out <> c.is_out or c.was_unlimited <> c.is_unlimited),
        jsonb_build_object('stock', p.stock), jsonb_build_object('stock', c.stock)),
      ('details', not c.is_new and c.renamed,
        jsonb_build_object('name', p.name, 'brandId', p.brand_id, 'faceCurrency', p.face_currency, 'faceMinMinor', p.face_min_minor, 'faceMaxMinor', p.face_max_minor),
        jsonb_build_object('name', c.name, 'brandId', c."brandId", 'faceCurrency', c."faceCurrency", 'faceMinMinor', c."faceMinMinor", 'faceMaxMinor', c."faceMaxMinor"))
    ) k (kind, happened, before, after)
    left join lateral (
      select jsonb_object_agg(b.key, b.value) as before, jsonb_object_agg(b.key, k.after -> b.key) as after
      from jsonb_each(k.before) b where b.value is distinct from k.after -> b.key or b.key = 'costCurrency') d on true
    where k.happened order by c.id
    returning 1)`;

import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { readThrough } from "@/lib/cache";
import { listKey } from "./list-key";
import { narrow } from "./narrow";
import { CATALOG_SECONDS } from "./price-parts";
import type { CatalogReader } from "./reader";
import { type CatalogFilters, type categoriesSchema, type countriesSchema, filtersSchema } from "./schemas";

/** The values that the catalogue's filters may take for this partner, with how many products each holds. */
export async function listFilters(reader: CatalogReader): Promise<CatalogFilters> {
  const narrowed = narrow(reader, {});
  const { facets } = await readThrough({
    facets: {
      key: listKey("facets", reader, narrowed, {}),
      ttlSeconds: CATALOG_SECONDS,
      sql: facetsOf(narrowed.fits),
      schema: filtersSchema,
    },
  });
  return facets;
}

export async function listCategories(reader: CatalogReader): Promise<z.infer<typeof categoriesSchema>> {
  return { items: (await listFilters(reader)).categories, ...reader.freshness };
}

export async function listCountries(reader: CatalogReader): Promise<z.infer<typeof countriesSchema>> {
  return { items: (await listFilters(reader)).countries, ...reader.freshness };
}

function facetsOf(fits: SQL): SQL {
  return sql`(with per_brand as materialized (
      select p.brand_id, b.country_code, p.face_currency, count(*)::int as products from products p join brands b on b.id = p.brand_id
      where ${fits} group by p.brand_id, b.country_code, p.face_currency)
    select jsonb_build_object(
      'categories', coalesce((select jsonb_agg(x order by x.name, x.id) from (
        select g.id, g.name, sum(f.products)::int as products from per_brand f join brand_categories bc on bc.brand_id = f.brand_id join categories g on g.id = bc.category_id
        group by g.id, g.name) x), '[]'),
      'countries', coalesce((select jsonb_agg(x order by x.code) from (
        select country_code as code, sum(products)::int as products from per_brand where country_code is not null group by 1) x), '[]'),
      'currencies', coalesce((select jsonb_agg(x order by x.code) from (
        select face_currency as code, sum(products)::int as products from per_brand group by 1) x), '[]')))`;
}

import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { type Ctx, requireMember } from "@/lib/auth";
import { type CatalogFilters, filtersSchema } from "./schemas";

/** The values that the catalogue's filters may take, with how many products each holds. */
export async function listFilters(ctx: Ctx): Promise<CatalogFilters> {
  requireMember(ctx, "catalog.read");
  const { rows } = await db().execute<Record<string, unknown>>(sql`
    with live as (select p.id, p.brand_id, p.face_currency, b.country_code from products p join brands b on b.id = p.brand_id where p.withdrawn_at is null)
    select
      coalesce((select json_agg(row_to_json(x) order by x.name) from (
        select c.id, c.name, count(*)::int as products from live l join brand_categories bc on bc.brand_id = l.brand_id join categories c on c.id = bc.category_id group by c.id, c.name) x), '[]') as categories,
      coalesce((select json_agg(row_to_json(x) order by x.code) from (select country_code as code, count(*)::int as products from live where country_code is not null group by 1) x), '[]') as countries,
      coalesce((select json_agg(row_to_json(x) order by x.code) from (select face_currency as code, count(*)::int as products from live group by 1) x), '[]') as currencies`);
  return filtersSchema.parse(rows[0]);
}

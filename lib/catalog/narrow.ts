import { type SQL, sql } from "drizzle-orm";
import { priceSieve } from "./price-sieve";
import type { CatalogReader } from "./reader";

/** What lists are narrowed by, beside words; see `productsQuery` and `brandsQuery`. */
export interface Narrowing {
  brand?: string | undefined;
  category?: number | undefined;
  country?: string | undefined;
  currency?: string | undefined;
  inStock?: boolean | undefined;
  priceFromMinor?: number | undefined;
  priceToMinor?: number | undefined;
  faceFromMinor?: number | undefined;
  faceToMinor?: number | undefined;
}

/** Common table expressions, each ended with a comma, and a condition on products `p` with their brand `b`. */
export interface Narrowed {
  tables: SQL;
  fits: SQL;
  /** The same without what was asked for: all that this partner may find at all. */
  visible: SQL;
  /** Whether prices decide: then an answer holds for this partner, at these prices, only. */
  byPrice: boolean;
}

/** By all but words. What is withdrawn is in no list, and neither is what a partner with a list of its own does not find on it. */
export function narrow(reader: CatalogReader, query: Narrowing): Narrowed {
  const byPrice = query.priceFromMinor !== undefined || query.priceToMinor !== undefined;
  const visible = reader.listedOnly ? sql`p.withdrawn_at is null and ${listed(reader.partnerId)}` : sql`p.withdrawn_at is null`;
  const conditions = [visible, ...brandConditions(query), ...productConditions(query)];
  if (byPrice) conditions.push(sql`p.id in (select id from affordable)`);
  return {
    tables: byPrice ? priceSieve(reader.partnerId, query.priceFromMinor, query.priceToMinor) : sql``,
    fits: sql.join(conditions, sql` and `),
    visible,
    byPrice,
  };
}

function brandConditions({ brand, category, country }: Narrowing): SQL[] {
  const conditions: SQL[] = [];
  if (brand !== undefined) conditions.push(sql`p.brand_id = ${brand}`);
  if (country !== undefined) conditions.push(sql`b.country_code = ${country.toUpperCase()}`);
  if (category !== undefined)
    conditions.push(sql`p.brand_id in (select bc.brand_id from brand_categories bc where bc.category_id = ${category})`);
  return conditions;
}

/** A range fits where any of its face values does. */
function productConditions({ currency, inStock, faceFromMinor, faceToMinor }: Narrowing): SQL[] {
  const conditions: SQL[] = [];
  if (currency !== undefined) conditions.push(sql`p.face_currency = ${currency.toUpperCase()}`);
  if (inStock) conditions.push(sql`p.stock is distinct from 0 and p.inactive_at is null and b.switched_off_at is null`);
  if (faceFromMinor !== undefined) conditions.push(sql`p.face_max_minor >= ${faceFromMinor}::bigint`);
  if (faceToMinor !== undefined) conditions.push(sql`p.face_min_minor <= ${faceToMinor}::bigint`);
  return conditions;
}

/** On the partner's list by itself, by its brand or by a category of its brand. */
export function listed(partnerId: string): SQL {
  const allowed = (scope: string) =>
    sql`select a.scope_id from partner_allowances a where a.partner_id = ${partnerId}::uuid and a.scope = ${scope}`;
  return sql`(p.id::text in (${allowed("product")}) or p.brand_id in (${allowed("brand")})
    or p.brand_id in (select bc.brand_id from brand_categories bc where bc.category_id::text in (${allowed("category")})))`;
}

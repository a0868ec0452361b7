import { type SQL, sql } from "drizzle-orm";
import { currentRates, partnerSettings } from "@/lib/pricing";
import type { Product } from "./schemas";

/** Beyond what binary arithmetic and the one rounding of a price can be off by: a part of the price, and minor units. */
const SLACK_PART = 1e-6;
const SLACK_MINOR = 1;
/** `chooseRule` in SQL: a product's own rule, then the smaller number, then the older. */
const PRECEDENCE = { brand: 1, category: 2, default: 3 };

/**
 * Tables that end in `affordable`: the ids of products whose price may lie between these bounds, in minor units of the partner's currency.
 * `offset 0` has each price reckoned once. It lets a few too many through and never too few: prices are decided by lib/pricing (`affords`), this only spares it most of the work.
 */
export function priceSieve(partnerId: string, fromMinor = 0, toMinor = Number.MAX_SAFE_INTEGER): SQL {
  return sql`
    price_facts as materialized (select ${partnerSettings(sql`${partnerId}::uuid`)} as settings, ${currentRates()} as rates),
    price_rule as materialized (select r.* from price_facts, rows from (jsonb_to_recordset(settings -> 'rules') as
      (scope text, "scopeId" text, kind text, "basisPoints" float8, "fixedFeeMinor" float8)) with ordinality as r (scope, scope_id, kind, points, fee, place)),
    per_base as materialized (select key as currency, value::float8 as rate from price_facts, jsonb_each_text(rates -> 'perBase') where key <> rates ->> 'base'
      union all select rates ->> 'base', 1 from price_facts),
    own as materialized (select settings ->> 'currency' as currency, (select rate from per_base where currency = settings ->> 'currency') as rate,
      10 ^ minor_exponent(settings ->> 'currency') as minors from price_facts),
    brand_rule as materialized (select distinct on (brand_id) * from (
      select r.scope_id as brand_id, ${PRECEDENCE.brand}::integer as rank, r.* from price_rule r where r.scope = 'brand'
      union all select bc.brand_id, ${PRECEDENCE.category}::integer, r.* from price_rule r join brand_categories bc on bc.category_id::text = r.scope_id where r.scope = 'category'
      union all select b.id, ${PRECEDENCE.default}::integer, r.* from price_rule r, brands b where r.scope = 'default') r order by brand_id, rank, place),
    reckoned as (
      select p.id, p.face_min_minor, p.face_max_minor, p.cost_min::float8, p.cost_max::float8,
        case when p.face_currency = own.currency then 1 else own.rate / nullif(face.rate, 0) end / 10 ^ minor_exponent(p.face_currency) as face_rate,
        case when p.cost_currency = own.currency then 1 else own.rate / nullif(cost.rate, 0) end as cost_rate,
        own.minors, coalesce(exact.kind, wide.kind) as kind, coalesce(exact.points, wide.points) / 10000 as part, coalesce(exact.fee, wide.fee) as fee
      from own cross join products p
        left join price_rule exact on exact.scope = 'product' and exact.scope_id = p.id::text
        left join brand_rule wide on wide.brand_id = p.brand_id
        left join per_base face on face.currency = p.face_currency left join per_base cost on cost.currency = p.cost_currency
      where p.withdrawn_at is null offset 0),
    ends as (select id, ${priceAt(sql`face_min_minor`, sql`cost_min`)} as low, ${priceAt(sql`face_max_minor`, sql`cost_max`)} as high from reckoned offset 0),
    affordable as materialized (select id from ends
      where greatest(low, high) * ${1 + SLACK_PART}::float8 + ${SLACK_MINOR} >= ${fromMinor}::float8
        and least(low, high) * ${1 - SLACK_PART}::float8 - ${SLACK_MINOR} <= ${toMinor}::float8),`;
}

function priceAt(faceMinor: SQL, cost: SQL): SQL {
  return sql`(case kind when 'discount_off_face' then ${faceMinor} * face_rate * (1 - part) else ${cost} * cost_rate * (1 + part) end) * minors + fee`;
}

/** Whether a price of it lies within the bounds: of a range, any between its two ends. A product without a price never does. */
export function affords(
  { priceMin, priceMax }: Pick<Product, "priceMin" | "priceMax">,
  {
    priceFromMinor = 0,
    priceToMinor = Number.MAX_SAFE_INTEGER,
  }: { priceFromMinor?: number | undefined; priceToMinor?: number | undefined },
): boolean {
  const ends = [priceMin, priceMax].flatMap((price) => (price ? [price.amountMinor] : []));
  return ends.length > 0 && Math.max(...ends) >= priceFromMinor && Math.min(...ends) <= priceToMinor;
}

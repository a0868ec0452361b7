import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

/** A partner with more rules than this wants categories. */
const MAX_RULES = 1_000;

/** All that a partner's prices follow from, as one JSON value, so that it can be read within any query. */
export function priceFacts(partnerId: SQL): SQL {
  return sql`(select jsonb_build_object(
    'currency', p.currency,
    'rules', coalesce((select jsonb_agg(jsonb_build_object('name', r.name, 'scope', r.scope, 'scopeId', r.scope_id, 'kind', r.kind, 'basisPoints', r.basis_points,
        'fixedFeeMinor', r.fixed_fee_minor, 'minMarginBasisPoints', r.min_margin_basis_points))
      from (select * from price_rules where partner_id = p.id limit ${MAX_RULES}) r), '[]'),
    'rates', (select jsonb_build_object('id', s.id, 'base', s.base, 'perBase', s.rates) from rate_snapshots s order by s.created_at desc limit 1))
    from partners p where p.id = ${partnerId})`;
}

export const priceFactsSchema = z.object({
  currency: z.string(),
  rules: z.array(
    z.object({
      name: z.string(),
      scope: z.enum(["product", "brand", "category", "default"]),
      scopeId: z.string().nullable(),
      kind: z.enum(["discount_off_face", "markup_on_cost"]),
      basisPoints: z.number().int(),
      fixedFeeMinor: z.number().int(),
      minMarginBasisPoints: z.number().int(),
    }),
  ),
  rates: z.object({ id: z.string(), base: z.string(), perBase: z.record(z.string(), z.string()) }).nullable(),
});
export type PriceFacts = z.infer<typeof priceFactsSchema>;

import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { MAX_ALLOWANCES, MAX_RULES } from "./schemas";

/** What a partner's prices and choice follow from, as one JSON value, so that it can be read within any query. Named by `settings_version`. */
export function partnerSettings(partnerId: SQL): SQL {
  return sql`(select jsonb_build_object(
    'currency', p.currency,
    'listedOnly', p.listed_only,
    'allowances', coalesce((select jsonb_agg(jsonb_build_object('scope', a.scope, 'scopeId', a.scope_id))
      from (select * from partner_allowances where partner_id = p.id limit ${MAX_ALLOWANCES}) a), '[]'),
    'rules', coalesce((select jsonb_agg(jsonb_build_object('name', r.name, 'scope', r.scope, 'scopeId', r.scope_id, 'kind', r.kind, 'basisPoints', r.basis_points,
        'fixedFeeMinor', r.fixed_fee_minor, 'minMarginBasisPoints', r.min_margin_basis_points) order by r.created_at, r.id)
      from (select * from price_rules where partner_id = p.id order by created_at, id limit ${MAX_RULES}) r), '[]'))
    from partners p where p.id = ${partnerId})`;
}

/** The exchange rates in use, as one JSON value; null before the first. Named by their id and `lastSeenAt`. */
export function currentRates(): SQL {
  return sql`(select jsonb_build_object('id', s.id, 'base', s.base, 'perBase', s.rates, 'lastSeenAt', to_char(s.last_seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    from rate_snapshots s where s.status = 'used' order by s.created_at desc limit 1)`;
}

/** All that a partner's prices follow from. */
export function priceFacts(partnerId: SQL): SQL {
  return sql`jsonb_build_object('settings', ${partnerSettings(partnerId)}, 'rates', ${currentRates()})`;
}

export const partnerSettingsSchema = z.object({
  currency: z.string(),
  listedOnly: z.boolean(),
  allowances: z.array(z.object({ scope: z.enum(["product", "brand", "category"]), scopeId: z.string() })),
  /** Older first: of two category rules that cover a product the older one wins. */
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
});
export type PartnerSettings = z.infer<typeof partnerSettingsSchema>;

export const currentRatesSchema = z
  .object({ id: z.string(), base: z.string(), perBase: z.record(z.string(), z.string()), lastSeenAt: z.iso.datetime() })
  .nullable();
export type CurrentRates = z.infer<typeof currentRatesSchema>;

export const priceFactsSchema = z.object({ settings: partnerSettingsSchema, rates: currentRatesSchema });
export type PriceFacts = z.infer<typeof priceFactsSchema>;

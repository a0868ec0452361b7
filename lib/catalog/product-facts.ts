import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

/** Of one brand, by face value; the sandbox and the supplier have some dozens. */
export const MAX_DENOMINATIONS = 500;

/** A product of the table alias `p`, as one JSON value. It bears the supplier's cost, which stays on the server. */
export const productFacts: SQL = sql`jsonb_build_object('id', p.id, 'name', p.name, 'faceCurrency', p.face_currency,
  'faceMinMinor', p.face_min_minor, 'faceMaxMinor', p.face_max_minor, 'costMin', p.cost_min::text, 'costMax', p.cost_max::text,
  'costCurrency', p.cost_currency, 'stock', p.stock, 'withdrawn', p.withdrawn_at is not null, 'inactive', p.inactive_at is not null)`;

export const productFactsSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  faceCurrency: z.string(),
  faceMinMinor: z.number().int(),
  faceMaxMinor: z.number().int(),
  costMin: z.string(),
  costMax: z.string(),
  costCurrency: z.string(),
  stock: z.number().int().nullable(),
  withdrawn: z.boolean(),
  inactive: z.boolean(),
});
export type ProductFacts = z.infer<typeof productFactsSchema>;

/** The same without what only a list of products shows, as short as it can be: a page of brands holds hundreds. */
export const briefFacts: SQL = sql`jsonb_build_array(p.id, p.face_currency, p.face_min_minor, p.face_max_minor, p.cost_min::text, p.cost_max::text,
  p.cost_currency, p.stock, p.inactive_at is not null)`;

export const briefFactsSchema = z
  .tuple([
    z.number().int(),
    z.string(),
    z.number().int(),
    z.number().int(),
    z.string(),
    z.string(),
    z.string(),
    z.number().int().nullable(),
    z.boolean(),
  ])
  .transform(
    ([id, faceCurrency, faceMinMinor, faceMaxMinor, costMin, costMax, costCurrency, stock, inactive]): ProductFacts => ({
      id,
      name: "",
      faceCurrency,
      faceMinMinor,
      faceMaxMinor,
      costMin,
      costMax,
      costCurrency,
      stock,
      withdrawn: false,
      inactive,
    }),
  );

/** A brand of the table alias `b`, as one JSON value. */
export const brandFacts: SQL = sql`jsonb_build_object('id', b.id, 'name', b.name, 'logoUrl', b.logo_url, 'countryCode', b.country_code,
  'currency', b.currency, 'off', b.switched_off_at is not null, 'categories', coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.name, g.id)
    from brand_categories bc join categories g on g.id = bc.category_id where bc.brand_id = b.id), '[]'))`;

export const brandFactsSchema = z.object({
  id: z.string(),
  name: z.string(),
  logoUrl: z.string().nullable(),
  countryCode: z.string().nullable(),
  currency: z.string(),
  off: z.boolean(),
  categories: z.array(z.object({ id: z.number().int(), name: z.string() })),
});
export type BrandFacts = z.infer<typeof brandFactsSchema>;

/** The supplier's texts about a brand, of the table alias `b`: as they came, to be shown as plain text. */
export const brandTexts: SQL = sql`jsonb_build_object('description', b.description, 'redemptionInstructions', b.redemption_instructions, 'terms', b.terms)`;

export const brandTextsSchema = z.object({
  description: z.string().nullable(),
  redemptionInstructions: z.string().nullable(),
  terms: z.string().nullable(),
});

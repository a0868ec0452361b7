import { z } from "zod";
import { isoTime, moneySchema } from "../money.schemas";
import { pageOf, pageQuery, searchText } from "../paging.schemas";

/** Why a product cannot be ordered right now, or null when it can. */
export const UNAVAILABLE_REASONS = ["out_of_stock", "withdrawn", "no_price", "below_cost", "stale_catalogue"] as const;

export const productSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  brand: z.object({ id: z.string(), name: z.string(), logoUrl: z.string().nullable(), countryCode: z.string().nullable() }),
  categories: z.array(z.object({ id: z.number().int(), name: z.string() })),
  kind: z.enum(["fixed", "range"]),
  faceMin: moneySchema,
  faceMax: moneySchema,
  /** The partner's price of one card at `faceMin` and `faceMax`; null where no price can be made. */
  priceMin: moneySchema.nullable(),
  priceMax: moneySchema.nullable(),
  /** Off the face value in the partner's currency, in basis points (300 = 3 %); negative is a mark-up. */
  discountBasisPoints: z.number().int().nullable(),
  /** Cards the supplier says it has; null is unlimited. */
  stock: z.number().int().nullable(),
  unavailable: z.enum(UNAVAILABLE_REASONS).nullable(),
});
export type Product = z.infer<typeof productSchema>;

/** GET /api/v1/catalog/products */
export const productsQuery = pageQuery.extend({
  search: searchText.optional(),
  brand: z.string().max(40).optional(),
  category: z.coerce.number().int().optional(),
  country: z.string().length(2).or(z.literal("GLC")).optional(),
  currency: z.string().length(3).optional(),
  inStock: z.stringbool().optional(),
});
export const productsPage = pageOf(productSchema).extend({
  /** When the catalogue was last read in full; null before the first read. */
  asOf: isoTime.nullable(),
});
export type ProductsPage = z.infer<typeof productsPage>;

/** GET /api/v1/catalog/products/{id}; texts are the supplier's and untrusted: plain text, never HTML. */
export const productDetailSchema = productSchema.extend({
  description: z.string().nullable(),
  redemptionInstructions: z.string().nullable(),
  terms: z.string().nullable(),
  asOf: isoTime.nullable(),
});
export type ProductDetail = z.infer<typeof productDetailSchema>;

/** GET /api/v1/catalog/filters: the values that filters may take, with how many products each holds. */
export const filtersSchema = z.object({
  categories: z.array(z.object({ id: z.number().int(), name: z.string(), products: z.number().int() })),
  countries: z.array(z.object({ code: z.string(), products: z.number().int() })),
  currencies: z.array(z.object({ code: z.string(), products: z.number().int() })),
});
export type CatalogFilters = z.infer<typeof filtersSchema>;

/** GET /api/admin/supplier/refreshes: the latest reads of the whole catalogue, newest first. */
export const refreshesSchema = z.object({
  limitPerHour: z.number().int(),
  startedLastHour: z.number().int(),
  /** Null: one may begin now. */
  nextAllowedAt: isoTime.nullable(),
  items: z.array(
    z.object({
      id: z.string(),
      trigger: z.enum(["schedule", "webhook", "admin", "start"]),
      status: z.enum(["running", "completed", "failed"]),
      startedAt: isoTime,
      /** Null while it runs. */
      tookMs: z.number().nullable(),
      products: z.number().int().nullable(),
      /** Why it failed. */
      error: z.string().nullable(),
    }),
  ),
});
export type Refreshes = z.infer<typeof refreshesSchema>;

import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { CardPrice, PriceList } from "@/lib/pricing";
import { REFRESHES_PER_HOUR } from "./next-refresh";
import { reasonSentence } from "./reasons.shared";
import type { UnavailableReason } from "./schemas";

/** Prices and stock move each hour at the supplier; what was last read longer ago than this is not sold. */
export const CATALOG_STALE_MS = 6 * 3_600_000;

/** How the catalogue stands as a whole, as one JSON value: its version, when the last complete read began, and when another may begin. */
export function catalogStanding(): SQL {
  return sql`(select jsonb_build_object('version', c.version, 'completedAt', to_char(c.completed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'allowedAt', (select to_char((r.started_at + interval '1 hour') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from catalog_refreshes r
      where r.started_at > now() - interval '1 hour' order by r.started_at desc offset ${REFRESHES_PER_HOUR - 1} limit 1)) from catalog_state c)`;
}
export const catalogStandingSchema = z.object({
  version: z.number().int(),
  completedAt: z.iso.datetime().nullable(),
  /** Null: the hour has room for another read. */
  allowedAt: z.iso.datetime().nullable(),
});
export type CatalogStanding = z.infer<typeof catalogStandingSchema>;

export function isCatalogStale({ completedAt }: Pick<CatalogStanding, "completedAt">, nowMs: number): boolean {
  return completedAt === null || nowMs - Date.parse(completedAt) > CATALOG_STALE_MS;
}

/** The products of an order as one JSON array, so that they can be read within any query; unknown ids are missing. */
export function orderableFacts(productIds: readonly number[]): SQL {
  const wanted = sql.param([...new Set(productIds)]);
  return sql`(select coalesce(jsonb_agg(jsonb_build_object(
      'productId', p.id, 'name', p.name, 'brandId', b.id, 'brandName', b.name, 'logoUrl', b.logo_url,
      'faceCurrency', p.face_currency, 'faceMinMinor', p.face_min_minor, 'faceMaxMinor', p.face_max_minor,
      'costMin', p.cost_min::text, 'costMax', p.cost_max::text, 'costCurrency', p.cost_currency,
      'stock', p.stock, 'withdrawn', p.withdrawn_at is not null, 'inactive', p.inactive_at is not null, 'brandOff', b.switched_off_at is not null,
      'categoryIds', coalesce((select jsonb_agg(c.category_id) from brand_categories c where c.brand_id = b.id), '[]'))), '[]')
    from products p join brands b on b.id = p.brand_id where p.id = any (${wanted}::bigint[]))`;
}

/** What an order needs to know of a product. */
export const orderableSchema = z.object({
  productId: z.number().int(),
  name: z.string(),
  brandId: z.string(),
  brandName: z.string(),
  logoUrl: z.string().nullable(),
  faceCurrency: z.string(),
  faceMinMinor: z.number().int(),
  faceMaxMinor: z.number().int(),
  costMin: z.string(),
  costMax: z.string(),
  costCurrency: z.string(),
  stock: z.number().int().nullable(),
  withdrawn: z.boolean(),
  inactive: z.boolean(),
  brandOff: z.boolean(),
  categoryIds: z.array(z.number().int()),
});
export type OrderableProduct = z.infer<typeof orderableSchema>;

type Standing = Pick<
  OrderableProduct,
  | "productId"
  | "brandId"
  | "categoryIds"
  | "faceCurrency"
  | "faceMinMinor"
  | "faceMaxMinor"
  | "costMin"
  | "costMax"
  | "costCurrency"
  | "stock"
  | "withdrawn"
  | "inactive"
  | "brandOff"
>;

/** The one place that decides whether a partner can order a product, and if not why: the first reason that holds. */
export function unavailableReason(
  product: Standing,
  prices: Pick<PriceList, "allows" | "ratesTooOld">,
  price: CardPrice["kind"],
  catalogStale: boolean,
): UnavailableReason | null {
  if (product.withdrawn) return "withdrawn";
  if (product.brandOff) return "brand_off";
  if (!prices.allows(product)) return "not_allowed";
  if (product.inactive) return "inactive";
  if (product.stock === 0) return "out_of_stock";
  if (catalogStale) return "stale_catalogue";
  if (prices.ratesTooOld(product)) return "stale_rates";
  return price === "price" ? null : price;
}

/** A sentence for the buyer, or null where `quantity` cards can be ordered; `quantity` counts the whole order's of this product. */
export function refusal(
  product: OrderableProduct,
  prices: Pick<PriceList, "allows" | "ratesTooOld">,
  price: CardPrice["kind"],
  quantity: number,
  catalogStale: boolean,
): string | null {
  const reason = unavailableReason(product, prices, price, catalogStale);
  if (reason) return reasonSentence(product.name, reason);
  if (product.stock !== null && quantity > product.stock)
    return `Only ${product.stock} of ${product.name} are in stock; order ${product.stock} or fewer.`;
  return null;
}

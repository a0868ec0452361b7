import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { CardPrice } from "@/lib/pricing";
import type { UNAVAILABLE_REASONS } from "./schemas";

export type UnavailableReason = (typeof UNAVAILABLE_REASONS)[number];

/** The products of an order as one JSON array, so that they can be read within any query; unknown ids are missing. */
export function orderableFacts(productIds: readonly number[]): SQL {
  const wanted = sql.param([...new Set(productIds)]);
  return sql`(select coalesce(jsonb_agg(jsonb_build_object(
      'productId', p.id, 'name', p.name, 'brandId', b.id, 'brandName', b.name, 'logoUrl', b.logo_url,
      'faceCurrency', p.face_currency, 'faceMinMinor', p.face_min_minor, 'faceMaxMinor', p.face_max_minor,
      'costMin', p.cost_min::text, 'costMax', p.cost_max::text, 'costCurrency', p.cost_currency,
      'stock', p.stock, 'withdrawn', p.withdrawn_at is not null,
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
  categoryIds: z.array(z.number().int()),
});
export type OrderableProduct = z.infer<typeof orderableSchema>;

/** The one place that decides whether a product can be ordered, and if not why. */
export function unavailableReason(
  product: { stock: number | null; withdrawn: boolean },
  price: CardPrice["kind"],
): UnavailableReason | null {
  if (product.withdrawn) return "withdrawn";
  if (product.stock === 0) return "out_of_stock";
  return price === "price" ? null : price;
}

const SENTENCES: Record<UnavailableReason, string> = {
  withdrawn: "is no longer offered by the supplier",
  out_of_stock: "is out of stock",
  no_price: "has no price in your currency",
  below_cost: "cannot be sold at your price right now",
  stale_catalogue: "was last checked too long ago",
};

/** A sentence for the buyer, or null where `quantity` cards can be ordered. */
export function refusal(product: OrderableProduct, price: CardPrice["kind"], quantity: number): string | null {
  const reason = unavailableReason(product, price);
  if (reason) return `${product.name} ${SENTENCES[reason]}.`;
  if (product.stock !== null && quantity > product.stock)
    return `Only ${product.stock} of ${product.name} are in stock; order ${product.stock} or fewer.`;
  return null;
}

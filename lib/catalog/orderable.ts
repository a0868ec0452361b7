import { inArray, sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { brands, products } from "@/drizzle/schema";
import type { CardPrice, PricedProduct, RuleSubject } from "@/lib/pricing";
import type { UNAVAILABLE_REASONS } from "./schemas";

/** What an order needs to know of a product. */
export interface OrderableProduct extends PricedProduct, RuleSubject {
  name: string;
  brandName: string;
  logoUrl: string | null;
  stock: number | null;
  withdrawnAt: Date | null;
}

export type UnavailableReason = (typeof UNAVAILABLE_REASONS)[number];

/** The products of an order by id; unknown ids are missing. */
export async function loadForOrder(executor: Executor, productIds: readonly number[]): Promise<Map<number, OrderableProduct>> {
  const rows = await executor
    .select({
      productId: products.id,
      name: products.name,
      brandId: products.brandId,
      brandName: brands.name,
      logoUrl: brands.logoUrl,
      faceCurrency: products.faceCurrency,
      faceMinMinor: products.faceMinMinor,
      faceMaxMinor: products.faceMaxMinor,
      costMin: products.costMin,
      costMax: products.costMax,
      costCurrency: products.costCurrency,
      stock: products.stock,
      withdrawnAt: products.withdrawnAt,
      categoryIds: sql<number[]>`array(select category_id from brand_categories c where c.brand_id = ${products.brandId})`,
    })
    .from(products)
    .innerJoin(brands, sql`${brands.id} = ${products.brandId}`)
    .where(inArray(products.id, [...new Set(productIds)]));
  return new Map(rows.map((row) => [row.productId, row]));
}

/** The one place that decides whether a product can be ordered, and if not why. */
export function unavailableReason(
  product: { stock: number | null; withdrawnAt: Date | null },
  price: CardPrice["kind"],
): UnavailableReason | null {
  if (product.withdrawnAt) return "withdrawn";
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

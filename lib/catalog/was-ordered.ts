import { type SQL, sql } from "drizzle-orm";
import type { CatalogReader } from "./reader";

/**
 * Whether the partner has an order line of product `productId`, of whatever age. Asked for partners with a list only: to them a product off
 * their list is not there, unless an order of theirs points at it.
 */
export function wasOrdered(reader: CatalogReader, productId: SQL): SQL {
  return reader.listedOnly
    ? sql`exists (select from order_lines l where l.partner_id = ${reader.partnerId}::uuid and l.product_id = ${productId})`
    : sql`false`;
}

/** Whom a value with `wasOrdered` in it is kept for. What is not on the list cannot be ordered, so that only another list changes it. */
export function whoseProduct({ listedOnly, versions }: CatalogReader): string {
  return listedOnly ? versions.settings : "all";
}

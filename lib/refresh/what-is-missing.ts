import { sql } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";

/** A read that lists less than this share of what was there is taken for truncated, not for withdrawals. */
const TRUNCATED_BELOW = 0.5;

interface Seen extends Record<string, unknown> {
  source: "v1" | "v2";
  accept_shrink: boolean;
  pages: number | null;
  done: number;
  /** The least and the most brands that pages said the supplier has, and their sum. */
  fewest: number | null;
  most: number | null;
  summed: number | null;
  brands: number;
  products: number;
  live: number;
}

/** Why a read is not complete, for a person; null where it is. Only a complete read may withdraw what it does not list. */
export async function whatIsMissing(tx: Transaction, refreshId: string): Promise<string | null> {
  const { rows } = await tx.execute<Seen>(sql`
    select r.source, r.accept_shrink, r.pages, p.*,
      -- With those that are listed twice, as the supplier counts them.
      (select count(*)::int from catalog_refresh_pages, unnest(brand_ids) b where refresh_id = r.id) as brands,
      (select count(distinct i)::int from catalog_refresh_pages, unnest(product_ids) i where refresh_id = r.id) as products,
      (select count(*)::int from products where withdrawn_at is null) as live
    from catalog_refreshes r, lateral (
      select count(*)::int as done, min(supplier_brands) as fewest, max(supplier_brands) as most, sum(supplier_brands)::int as summed
      from catalog_refresh_pages where refresh_id = r.id and page < coalesce(r.pages, 0)) p
    where r.id = ${refreshId}`);
  const seen = rows[0];
  if (!seen) return "The read is not in the history.";
  const { source, accept_shrink: acceptShrink, pages, done, fewest, most, summed, brands, products, live } = seen;
  if (source === "v2" && fewest !== most)
    return `The catalogue moved while it was read: one page told of ${fewest} brands, another of ${most}; the last good one is kept.`;
  if (pages === null || done < pages)
    return `Only ${done} of ${pages ?? "an unknown number of"} pages were read; the last good catalogue is kept.`;
  const told = source === "v2" ? most : summed;
  if (brands !== told) return `The supplier told of ${told} brands and listed ${brands}; the last good catalogue is kept.`;
  if (!acceptShrink && products < live * TRUNCATED_BELOW)
    return `The catalogue listed ${products} products where ${live} were known; it looks truncated, and the last good one is kept. If the supplier did take the others away, ask for a refresh that accepts it.`;
  return null;
}

import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import type { RefreshCounts } from "@/drizzle/schema";
import type { SupplierBrand } from "@/lib/bamboo";
import { RefreshOver } from "./heard";
import { writeBrands } from "./write-brands";

export interface ReadPage {
  refreshId: string;
  page: number;
  /** The database's clock before it was asked for. */
  readAt: string;
  brands: readonly SupplierBrand[];
  /** How many brands the supplier has in all, as it said beside this page; of a read without pages, how many are in this batch. */
  supplierBrands: number;
  /** Null until the supplier has said it. */
  pages: number | null;
}

export interface WrittenPage {
  counts: RefreshCounts;
  /** 0 for a page that was written before. */
  rows: number;
}

/** Writes one page in one transaction, once: a step that is repeated finds the page and changes nothing. Throws when the refresh is over. */
export async function writePage({ refreshId, page, readAt, brands, supplierBrands, pages }: ReadPage): Promise<WrittenPage> {
  return db().transaction(async (tx) => {
    // Its row is locked before the page is looked for, so that two of the same page come one after the other.
    const { rowCount } = await tx.execute(sql`
      update catalog_refreshes set heard_at = now(), pages = coalesce(pages, ${pages}::integer)
      where id = ${refreshId} and status = 'running'`);
    if (!rowCount) throw new RefreshOver(refreshId);
    const { rows: before } = await tx.execute<{ counts: RefreshCounts }>(
      sql`select counts from catalog_refresh_pages where refresh_id = ${refreshId} and page = ${page}`,
    );
    if (before[0]) return { counts: before[0].counts, rows: 0 };
    const { brandIds, productIds, counts, rows } = await writeBrands(tx, { refreshId, readAt }, brands);
    await tx.execute(sql`
      insert into catalog_refresh_pages (refresh_id, page, supplier_brands, brand_ids, product_ids, counts)
      values (${refreshId}, ${page}, ${supplierBrands}, ${sql.param(brandIds)}::text[], ${sql.param(productIds)}::bigint[], ${JSON.stringify(counts)}::jsonb)`);
    return { counts, rows: rows + 1 };
  });
}

import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";

/** Which wishes: those asked for until a moment of the database's clock, of all products or of some. */
export interface Wishes {
  until: string;
  productIds?: readonly number[];
}

/** What was read since it was asked for; one that was asked for again meanwhile stays. To be called before orders are locked. */
export async function forgetWishes(tx: Transaction, wishes: Wishes): Promise<void> {
  await tx.execute(sql`delete from catalog_rereads where product_id in (${locked(wishes)})`);
}

/** What could not be read goes behind all others, so that it keeps none of them waiting. */
export async function postponeWishes(tx: Transaction, wishes: Wishes): Promise<void> {
  await tx.execute(sql`update catalog_rereads set asked_at = clock_timestamp() where product_id in (${locked(wishes)})`);
}

/** In the order in which whoever wishes writes them. */
const locked = ({ until, productIds }: Wishes): SQL => sql`
  select product_id from catalog_rereads
  where asked_at <= ${until}::timestamptz ${productIds ? sql`and product_id = any (${sql.param([...productIds])}::bigint[])` : sql``}
  order by product_id for update`;

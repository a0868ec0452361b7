import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";

/** One read that answers these wishes: of a whole brand where it is known, else of one product. */
export type Reread = { brandId: string; productIds: number[] } | { productId: number; productIds: number[] };

const MAX_WISHES = 100;
const MAX_READS = 10;
/** So many are read sooner with everything else: the supplier gives a hundred brands in the time of one. */
const TOO_MANY_WISHES = 200;

/** What to read first of the products that are to be read by themselves; the rest waits for the next run, or for a full read. */
export async function planRereads(): Promise<{ kind: "reads"; reads: Reread[] } | { kind: "too_many" }> {
  const { rows } = await db().execute<{ id: number; brand_id: string | null }>(sql`
    select r.product_id as id, p.brand_id from catalog_rereads r left join products p on p.id = r.product_id
    order by r.asked_at, r.product_id limit ${TOO_MANY_WISHES + 1}`);
  if (rows.length > TOO_MANY_WISHES) return { kind: "too_many" };
  const reads = new Map<string, Reread>();
  for (const { id, brand_id: brandId } of rows.slice(0, MAX_WISHES)) {
    const key = brandId === null ? `product ${id}` : `brand ${brandId}`;
    const known = reads.get(key);
    if (known) known.productIds.push(id);
    else if (reads.size < MAX_READS)
      reads.set(key, { ...(brandId === null ? { productId: id } : { brandId }), productIds: [id] });
  }
  return { kind: "reads", reads: [...reads.values()] };
}

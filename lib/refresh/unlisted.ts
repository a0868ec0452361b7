import { sql } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";

export interface Unlisted {
  /** To be withdrawn. */
  gone: number[];
  /** To be read by themselves first. */
  doubted: number[];
}

/** So many are soon read one by one; of more, the next full read decides. */
const MAX_DOUBTED = 200;

/**
 * What becomes of products that a complete read does not list. A catalogue that changes between two pages can hide a brand from a read
 * whose figures all agree (one is taken out of a page that was read, and the next page's first slides into it), so one read proves nothing:
 * gone is what the complete read before did not list either. Until then a product stays for sale, as the supplier itself refuses one that
 * it does not have; the few are asked about by themselves within minutes, and are withdrawn by that. Where an admin has said that
 * the supplier took most away, the one read is believed. What changed since a read began is not judged by it: a product read by itself may
 * be newer than the page it would be on.
 */
export async function judgeUnlisted(tx: Transaction, refreshId: string): Promise<Unlisted> {
  const { rows } = await tx.execute<{ id: number; is_gone: boolean }>(sql`
    with this as (select started_at, accept_shrink from catalog_refreshes where id = ${refreshId}),
    before as (
      select r.id, r.started_at from catalog_refreshes r, this
      where r.status = 'completed' and r.started_at < this.started_at
        and exists (select from catalog_refresh_pages where refresh_id = r.id)
      order by r.started_at desc limit 1)
    select id, (select accept_shrink from this) or (coalesce(changed_at < (select started_at from before), false)
      and id not in (select unnest(product_ids) from catalog_refresh_pages where refresh_id = (select id from before))) as is_gone
    from products
    where withdrawn_at is null and changed_at < (select started_at from this)
      and id not in (select unnest(product_ids) from catalog_refresh_pages where refresh_id = ${refreshId})
    order by id`);
  const idsOf = (isGone: boolean) => rows.filter((row) => row.is_gone === isGone).map(({ id }) => Number(id));
  const doubted = idsOf(false);
  return { gone: idsOf(true), doubted: doubted.length > MAX_DOUBTED ? [] : doubted };
}

import { sql } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";
import { NO_LONGER_OFFERED, returnWaitingLines } from "@/lib/orders";

/**
 * Withdraws those of the products that are not withdrawn yet, with the money of waiting orders going back. The catalogue is locked before.
 * `returned` as `returnWaitingLines` answers it: so many that more may be left.
 */
export async function withdraw(
  tx: Transaction,
  refreshId: string | null,
  productIds: readonly number[],
): Promise<{ withdrawnIds: number[]; returned: number }> {
  if (productIds.length === 0) return { withdrawnIds: [], returned: 0 };
  const { rows } = await tx.execute<{ id: number }>(sql`
    with gone as (
      update products set withdrawn_at = now(), changed_at = now()
      where id = any (${sql.param([...productIds])}::bigint[]) and withdrawn_at is null
      returning id),
    logged as (
      insert into catalog_changes (refresh_id, product_id, kind) select ${refreshId}::uuid, id, 'withdrawn' from gone order by id)
    select id from gone order by id`);
  const withdrawnIds = rows.map(({ id }) => Number(id));
  if (withdrawnIds.length === 0) return { withdrawnIds, returned: 0 };
  return { withdrawnIds, returned: await returnWaitingLines(tx, { productIds: withdrawnIds }, NO_LONGER_OFFERED) };
}

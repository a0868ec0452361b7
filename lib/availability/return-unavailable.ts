import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { MAX_RETURNED, NO_LONGER_OFFERED, returnWaitingLines } from "@/lib/orders";

/** What buyers read at a line that was given back. */
export const BRAND_OFF = "This brand was switched off before the purchase was sent.";

/** Transactions of `MAX_RETURNED` lines; the rest waits for the next call. */
export const MAX_BATCHES = 10;
const MAX_PRODUCTS = 500;

/**
 * Gives back waiting lines of products that are withdrawn, or whose brand is off, by now: an order may be accepted in the very moment
 * of the switch. Answers how many; a repetition finds none.
 */
export async function returnUnavailable(): Promise<number> {
  let returned = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const { ended, more } = await db().transaction(returnSome);
    returned += ended;
    if (!more) break;
  }
  return returned;
}

async function returnSome(tx: Transaction): Promise<{ ended: number; more: boolean }> {
  const { rows } = await tx.execute<{ product_id: string; withdrawn: boolean }>(sql`
    select distinct l.product_id, p.withdrawn_at is not null as withdrawn
    from order_lines l join products p on p.id = l.product_id join brands b on b.id = p.brand_id
    where l.status = 'queued' and l.held_for is null and (p.withdrawn_at is not null or b.switched_off_at is not null)
    limit ${MAX_PRODUCTS}`);
  const idsOf = (withdrawn: boolean) => rows.filter((row) => row.withdrawn === withdrawn).map((row) => Number(row.product_id));
  const [gone, off] = [idsOf(true), idsOf(false)];
  // One set of orders in a transaction: two would be locked in two orders.
  const ended =
    gone.length > 0
      ? await returnWaitingLines(tx, { productIds: gone }, NO_LONGER_OFFERED)
      : await returnWaitingLines(tx, { productIds: off }, BRAND_OFF);
  const whole = ended === MAX_RETURNED || rows.length === MAX_PRODUCTS;
  return { ended, more: ended > 0 && (whole || (gone.length > 0 && off.length > 0)) };
}

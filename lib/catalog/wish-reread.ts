import { sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { catalogRereads } from "@/drizzle/schema";

/** A basket or a webhook names far fewer; what is beyond waits for the next full read. */
const MAX_WISHES = 1_000;

/**
 * Asks that these products be read again by themselves, soon; a product that is waited for already is asked for anew. Says how many were
 * asked for. The rows are looked at each minute, so a caller in a transaction needs no event of its own.
 */
export async function wishReread(
  executor: Executor,
  productIds: readonly number[],
  because: (typeof catalogRereads.$inferInsert)["because"],
): Promise<number> {
  // In one order everywhere, so that two wishes at once never wait for each other in a circle.
  const wanted = [...new Set(productIds)].sort((a, b) => a - b).slice(0, MAX_WISHES);
  if (wanted.length === 0) return 0;
  await executor
    .insert(catalogRereads)
    .values(wanted.map((productId) => ({ productId, because })))
    .onConflictDoUpdate({ target: catalogRereads.productId, set: { because, askedAt: sql`now()` } });
  return wanted.length;
}

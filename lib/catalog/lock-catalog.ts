import { sql } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";

/**
 * One writer of the catalogue at a time, until the transaction ends. Each change moves the version in `catalog_state`: whoever locked its
 * rows before that one could wait in a circle with another writer. Readers wait for nothing. The order of locks everywhere is: catalogue,
 * wishes to read products again, orders, wallets.
 */
export async function lockCatalog(tx: Transaction): Promise<void> {
  await tx.execute(sql`select from catalog_state for no key update`);
}

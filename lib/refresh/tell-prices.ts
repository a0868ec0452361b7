import type { Transaction } from "@/drizzle/client";
import type { RefreshCounts } from "@/drizzle/schema";
import { enqueue } from "@/lib/outbox";

/** Where costs moved, or products came, somebody looks whether anything is on sale under its margin. Sent once this has committed. */
export async function tellPrices(
  tx: Transaction,
  counts: Pick<RefreshCounts, "repriced" | "added" | "returned"> | null,
): Promise<void> {
  if (counts && counts.repriced + counts.added + counts.returned > 0) await enqueue(tx, [{ name: "prices/changed", data: {} }]);
}

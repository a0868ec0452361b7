import type { Transaction } from "@/drizzle/client";
import { reportedPurchases } from "@/drizzle/schema";
import { recallPurchases } from "@/lib/purchase-journal";

/**
 * Those of the lines to be cancelled that were bought all the same, each with its purchase. The journal of purchases, which knows what this
 * database forgot, is asked after a restore only: a partner can cancel while the cache is away.
 */
export async function boughtBefore(tx: Transaction, lines: readonly { id: string }[]): Promise<Map<string, string>> {
  const [restored] = await tx.select({ requestId: reportedPurchases.requestId }).from(reportedPurchases).limit(1);
  return restored ? recallPurchases(lines.map(({ id }) => id)) : new Map();
}

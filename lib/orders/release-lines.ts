import { eq, sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { orderLines } from "@/drizzle/schema";
import { postTransfers, walletAccounts } from "@/lib/wallet";

/** Ends lines of which no card was dispatched, and gives their whole hold back. */
export async function releaseLines(
  executor: Executor,
  order: { partnerId: string; currency: string },
  lines: readonly { id: string; quantity: number; unitPriceMinor: number }[],
  status: "cancelled" | "failed",
  dispatchLineId: string | null = null,
  failure: string | null = null,
): Promise<void> {
  const wallet = await walletAccounts(executor, order.partnerId, order.currency);
  for (const line of lines) {
    await executor
      .update(orderLines)
      .set({ status, failure, returnedMinor: sql`${orderLines.quantity} * ${orderLines.unitPriceMinor}` })
      .where(eq(orderLines.id, line.id));
  }
  await postTransfers(
    executor,
    lines.map((line) => ({
      kind: "release",
      debitAccountId: wallet.held,
      creditAccountId: wallet.available,
      amountMinor: line.quantity * line.unitPriceMinor,
      currency: order.currency,
      orderLineId: line.id,
      dispatchLineId,
    })),
  );
}

import { eq, sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { orderLines } from "@/drizzle/schema";
import { type NewTransfer, postTransfers, walletAccounts } from "@/lib/wallet";

interface ReleasedLine {
  order: { partnerId: string; currency: string };
  line: { id: string; quantity: number; unitPriceMinor: number };
}

interface Ending {
  status: "cancelled" | "failed";
  dispatchLineId?: string;
  failure?: string;
}

/**
 * Ends lines of which no card is delivered, and gives their whole holds back: in one statement, so that of several partners' wallets none
 * is held while waiting for another.
 */
export async function releaseLines(executor: Executor, released: readonly ReleasedLine[], ending: Ending): Promise<void> {
  const { status, dispatchLineId = null, failure = null } = ending;
  const movements: NewTransfer[] = [];
  for (const { order, line } of released) {
    await executor
      .update(orderLines)
      .set({ status, failure, returnedMinor: sql`${orderLines.quantity} * ${orderLines.unitPriceMinor}` })
      .where(eq(orderLines.id, line.id));
    const wallet = await walletAccounts(executor, order.partnerId, order.currency);
    movements.push({
      kind: "release",
      debitAccountId: wallet.held,
      creditAccountId: wallet.available,
      amountMinor: line.quantity * line.unitPriceMinor,
      currency: order.currency,
      orderLineId: line.id,
      dispatchLineId,
    });
  }
  await postTransfers(executor, movements);
}

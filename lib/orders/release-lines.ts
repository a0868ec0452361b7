import { inArray, sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { orderLines } from "@/drizzle/schema";
import { type NewTransfer, postTransfers, walletsAccounts } from "@/lib/wallet";

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
 * Ends lines of which no card is delivered, and gives their whole holds back: a few statements for however many, so that of several
 * partners' wallets none is held while waiting for another.
 */
export async function releaseLines(executor: Executor, released: readonly ReleasedLine[], ending: Ending): Promise<void> {
  const { status, dispatchLineId = null, failure = null } = ending;
  await executor
    .update(orderLines)
    .set({ status, failure, returnedMinor: sql`${orderLines.quantity} * ${orderLines.unitPriceMinor}` })
    .where(
      inArray(
        orderLines.id,
        released.map(({ line }) => line.id),
      ),
    );
  const walletOf = await walletsAccounts(
    executor,
    released.map(({ order }) => order),
  );
  await postTransfers(
    executor,
    released.map(({ order, line }): NewTransfer => {
      const wallet = walletOf(order.partnerId, order.currency);
      return {
        kind: "release",
        debitAccountId: wallet.held,
        creditAccountId: wallet.available,
        amountMinor: line.quantity * line.unitPriceMinor,
        currency: order.currency,
        orderLineId: line.id,
        dispatchLineId,
      };
    }),
  );
}

import type { Transaction } from "@/drizzle/client";
import type { adjustments } from "@/drizzle/schema";
import { AppError } from "@/lib/errors";
import { ownAccounts } from "./accounts";
import { partnerWallet } from "./partner-wallet";
import { postTransfers } from "./post-transfers";

/** Moves the money of an adjustment that is marked as posted. Throws `insufficient_funds` when it takes more than there is. */
export async function postAdjustment(tx: Transaction, adjustment: typeof adjustments.$inferSelect): Promise<void> {
  const { id, currency, amountMinor, reason } = adjustment;
  const wallet = await partnerWallet(tx, adjustment);
  const ours = await ownAccounts(tx, ["adjustments"], currency);
  const [from, to] = amountMinor > 0 ? [ours.adjustments, wallet.available] : [wallet.available, ours.adjustments];
  try {
    await postTransfers(tx, [
      {
        kind: "adjustment",
        debitAccountId: from,
        creditAccountId: to,
        amountMinor: Math.abs(amountMinor),
        currency,
        adjustmentId: id,
        memo: reason,
      },
    ]);
  } catch (cause) {
    if (!(cause instanceof AppError && cause.code === "insufficient_funds")) throw cause;
    throw new AppError("insufficient_funds", "The wallet has less than this. Take less, or raise its credit limit first.", {
      cause,
    });
  }
}

import type { Executor } from "@/drizzle/client";
import { ownAccounts, walletAccounts } from "./accounts";
import { postTransfers } from "./post-transfers";

/** Money that reached us from outside, into the partner's available balance. */
export async function topUp(
  executor: Executor,
  input: { partnerId: string; currency: string; amountMinor: number; memo: string },
): Promise<void> {
  const { partnerId, currency, amountMinor, memo } = input;
  const wallet = await walletAccounts(executor, partnerId, currency);
  const ours = await ownAccounts(executor, ["funding"], currency);
  await postTransfers(executor, [
    { kind: "top_up", debitAccountId: ours.funding, creditAccountId: wallet.available, amountMinor, currency, memo },
  ]);
}

import { minorExponent } from "@/lib/money";
import type { MoneyView } from "@/lib/money.schemas";
import type { Wallet } from "@/lib/wallet/schemas";

/** A wallet with less than this many major units left is called low. */
const LOW_BELOW_MAJOR = 100;

/** What an order may still use: the balance may go down to minus the credit limit. */
export function spendable(wallet: Wallet): MoneyView {
  return { amountMinor: wallet.available.amountMinor + wallet.creditLimit.amountMinor, currency: wallet.currency };
}

export function isLow(wallet: Wallet): boolean {
  return spendable(wallet).amountMinor < LOW_BELOW_MAJOR * 10 ** minorExponent(wallet.currency);
}

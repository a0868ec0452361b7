import type { UnavailableReason } from "./schemas";

/** What follows the product's name: why it cannot be ordered; then what its buyer can do. */
const SENTENCES: Record<UnavailableReason, string> = {
  withdrawn: "is no longer offered by the supplier; choose another product",
  brand_off: "is switched off for now; ask your account manager when it comes back",
  not_allowed: "is not open to your account; ask your account manager to open it",
  inactive: "is not sold by the supplier at the moment; look again after the next catalogue refresh",
  out_of_stock: "is out of stock; it opens again once the supplier has it, so look again later or choose another",
  stale_catalogue: "was last checked too long ago; it opens again by itself after the next catalogue refresh",
  stale_rates: "needs an exchange rate, and the last one is too old; it opens again by itself when rates are read again",
  no_price: "has no price in your currency; ask your account manager to set one",
  below_cost: "cannot be sold at your price right now; ask your account manager, or look again later",
};

/** Why the product of this name cannot be ordered, and what to do: the same words in the API's answers and on the screens. */
export function reasonSentence(productName: string, reason: UnavailableReason): string {
  return `${productName} ${SENTENCES[reason]}.`;
}

import type { Transfer } from "@/lib/wallet/ledger.schemas";

const SHORT_ID = 8;

/** What a transfer was for, in a few words: an order, a payment, a purchase, or what somebody noted. */
export function transferSubject({ order, reference, dispatchId, memo }: Transfer): string {
  if (order) return order.number;
  if (reference) return reference;
  if (dispatchId) return `Purchase ${dispatchId.slice(0, SHORT_ID)}`;
  return memo ?? "No note";
}

import type { Adjustment, LedgerFinding, Transfer } from "@/lib/wallet/ledger.schemas";
import type { Tone } from "../ui/badge";

type AccountKind = Transfer["from"]["kind"];

export const ACCOUNT_WORDS: Record<AccountKind, string> = {
  available: "Available",
  held: "Held",
  sales: "Sales",
  funding: "Funding",
  adjustments: "Adjustments",
  supplier_cost: "Supplier cost",
  supplier_balance: "Supplier balance",
};

export const TRANSFER_WORDS: Record<Transfer["kind"], string> = {
  top_up: "Top-up",
  hold: "Hold",
  capture: "Capture",
  release: "Release",
  adjustment: "Adjustment",
  refund: "Refund",
  supplier_cost: "Supplier cost",
};

export const ADJUSTMENT_LOOKS: Record<Adjustment["status"], { label: string; tone: Tone }> = {
  pending: { label: "Waits for approval", tone: "warning" },
  posted: { label: "Posted", tone: "success" },
  declined: { label: "Declined", tone: "neutral" },
};

export const FINDING_WORDS: Record<LedgerFinding["kind"], string> = {
  sum_not_zero: "The sum of all accounts is not zero",
  balance_differs_from_transfers: "A balance differs from its transfers",
  held_differs_from_open_lines: "What is held differs from the open order lines",
  settled_beyond_hold: "More was captured and released than was held",
  final_order_holds_money: "An order that is over still holds money",
  adjustment_without_transfer: "A posted adjustment has no transfer",
};

/** "Northwind Gifts · Held"; our own accounts have no partner. */
export function sideWords({ kind, partner }: Transfer["from"]): string {
  return partner === null ? ACCOUNT_WORDS[kind] : `${partner.name} · ${ACCOUNT_WORDS[kind].toLowerCase()}`;
}

import { sqlState, violated } from "@/lib/postgres-errors";

/** Every rule of the ledger that the database refuses by. */
const RULES = [
  "ledger_accounts_available",
  "ledger_accounts_held",
  "transfers_accounts",
  "transfers_adjustment",
  "transfers_adjustment_match",
  "transfers_allocation",
  "transfers_amount",
  "transfers_capture",
  "transfers_cost",
  "transfers_currency",
  "transfers_dispatch_line",
  "transfers_hold_price",
  "transfers_kind",
  "transfers_line",
  "transfers_one_capture",
  "transfers_one_cost",
  "transfers_one_hold",
  "transfers_one_release",
  "transfers_order_line",
  "transfers_partner",
  "transfers_refund",
  "transfers_release",
  "transfers_within_allocation",
  "transfers_within_hold",
];

/** Null when it was done; else the rule that the database refused it by, or its SQLSTATE. Any other failure is thrown on. */
export async function refusalOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    const refusal = RULES.find((rule) => violated(error, rule)) ?? sqlState(error);
    if (refusal === undefined) throw error;
    return refusal;
  }
}

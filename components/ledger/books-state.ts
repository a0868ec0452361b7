import type { Ledger } from "@/lib/wallet/ledger.schemas";

/** Checks run every ten minutes: by then three were missed. */
const CHECK_STALE_MS = 30 * 60_000;

/** What may be said of the books. Sums that agree prove nothing about balances and holds: only a fresh full check says "balanced". */
export type BooksState = "balanced" | "out_of_balance" | "unchecked" | "stale";

export function booksState(
  { trialBalance, checks: [check] }: Pick<Ledger, "trialBalance" | "checks">,
  nowMs: number,
): BooksState {
  if (check?.ok === false || trialBalance.some(({ balanced }) => !balanced)) return "out_of_balance";
  if (!check) return "unchecked";
  return nowMs - Date.parse(check.finishedAt) > CHECK_STALE_MS ? "stale" : "balanced";
}

import { expect, it } from "vitest";
import type { Ledger } from "@/lib/wallet/ledger.schemas";
import { booksState } from "./books-state";

const NOW_MS = Date.UTC(2026, 0, 1, 12);
const sums = (balanced: boolean): Ledger["trialBalance"] => [
  { currency: "USD", totals: [], sum: { amountMinor: balanced ? 0 : 1, currency: "USD" }, balanced },
];
const check = (minutesAgo: number, ok = true): Ledger["checks"][number] => {
  const at = new Date(NOW_MS - minutesAgo * 60_000).toISOString();
  return { id: "check", startedAt: at, finishedAt: at, transfers: 3, ok, found: ok ? 0 : 1, findings: [] };
};

it.each([
  ["balanced", { trialBalance: sums(true), checks: [check(30), check(40, false)] }],
  ["stale", { trialBalance: sums(true), checks: [check(31)] }],
  ["unchecked", { trialBalance: sums(true), checks: [] }],
  ["out_of_balance", { trialBalance: sums(false), checks: [] }],
  ["out_of_balance", { trialBalance: sums(false), checks: [check(1)] }],
  ["out_of_balance", { trialBalance: sums(true), checks: [check(90, false)] }],
] as const)("says %s", (state, ledger) => {
  expect(booksState({ trialBalance: ledger.trialBalance, checks: [...ledger.checks] }, NOW_MS)).toBe(state);
});

import { sql } from "drizzle-orm";
import { db, type Executor } from "@/drizzle/client";
import type { LedgerFinding, TrialBalance } from "./ledger.schemas";

type Row = { currency: string; kind: TrialBalance["totals"][number]["kind"]; accounts: number; total: number };

/** What the accounts of each kind hold together, per currency. The sum of a currency is zero, or money was made or lost. */
export async function trialBalance(executor: Executor = db()): Promise<TrialBalance[]> {
  const { rows } = await executor.execute<Row>(sql`
    select currency, kind, count(*)::int as accounts, sum(balance_minor)::bigint as total
    from ledger_accounts group by currency, kind order by currency, kind`);
  return [...new Set(rows.map(({ currency }) => currency))].map((currency) => {
    const mine = rows.filter((row) => row.currency === currency);
    const sumMinor = mine.reduce((sum, { total }) => sum + total, 0);
    return {
      currency,
      totals: mine.map(({ kind, accounts, total }) => ({ kind, accounts, total: { amountMinor: total, currency } })),
      sum: { amountMinor: sumMinor, currency },
      balanced: sumMinor === 0,
    };
  });
}

export function unbalanced(balances: readonly TrialBalance[]): LedgerFinding[] {
  return balances
    .filter(({ balanced }) => !balanced)
    .map(({ currency, sum }) => ({
      kind: "sum_not_zero",
      subject: `currency:${currency}`,
      currency,
      expectedMinor: 0,
      actualMinor: sum.amountMinor,
    }));
}

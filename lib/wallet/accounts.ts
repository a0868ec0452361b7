import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { ledgerAccounts } from "@/drizzle/schema";
import { invariant } from "@/lib/errors";

type OwnAccount = "sales" | "funding" | "adjustments" | "supplier_cost" | "supplier_balance";

/** The pair of accounts that make a wallet, made on first use. */
export async function walletAccounts(
  executor: Executor,
  partnerId: string,
  currency: string,
): Promise<{ available: number; held: number }> {
  const of = and(eq(ledgerAccounts.partnerId, partnerId), eq(ledgerAccounts.currency, currency));
  const find = () => executor.select({ id: ledgerAccounts.id, kind: ledgerAccounts.kind }).from(ledgerAccounts).where(of);
  let found = await find();
  if (found.length < 2) {
    const values = (["available", "held"] as const).map((kind) => ({ kind, partnerId, currency }));
    await open(executor, values);
    found = await find();
  }
  const idOf = (kind: string) => found.find((account) => account.kind === kind)?.id;
  const [available, held] = [idOf("available"), idOf("held")];
  invariant(available && held, `the wallet of ${partnerId} in ${currency} was opened`);
  return { available, held };
}

/** Of several wallets, in one statement where all are open: `(partnerId, currency)` to its two accounts. */
export async function walletsAccounts(
  executor: Executor,
  wallets: readonly { partnerId: string; currency: string }[],
): Promise<(partnerId: string, currency: string) => { available: number; held: number }> {
  const rows = await executor
    .select({
      id: ledgerAccounts.id,
      kind: ledgerAccounts.kind,
      partnerId: ledgerAccounts.partnerId,
      currency: ledgerAccounts.currency,
    })
    .from(ledgerAccounts)
    .where(inArray(ledgerAccounts.partnerId, [...new Set(wallets.map(({ partnerId }) => partnerId))]));
  const ids = new Map(rows.map(({ id, kind, partnerId, currency }) => [`${kind} ${partnerId} ${currency}`, id]));
  return (partnerId, currency) => {
    const [available, held] = ["available", "held"].map((kind) => ids.get(`${kind} ${partnerId} ${currency}`));
    invariant(available && held, `${partnerId} has a wallet in ${currency}, since something is held there`);
    return { available, held };
  };
}

/** Our own accounts in one currency, made on first use. */
export async function ownAccounts<K extends OwnAccount>(
  executor: Executor,
  kinds: readonly K[],
  currency: string,
): Promise<Record<K, number>> {
  const of = and(
    isNull(ledgerAccounts.partnerId),
    eq(ledgerAccounts.currency, currency),
    inArray(ledgerAccounts.kind, [...kinds]),
  );
  const find = () => executor.select({ id: ledgerAccounts.id, kind: ledgerAccounts.kind }).from(ledgerAccounts).where(of);
  let found = await find();
  if (found.length < kinds.length) {
    await open(
      executor,
      kinds.map((kind) => ({ kind, partnerId: null, currency })),
    );
    found = await find();
  }
  const ids = new Map<string, number>(found.map(({ id, kind }) => [kind, id]));
  const entries = kinds.map((kind) => {
    const id = ids.get(kind);
    invariant(id, `our ${kind} account in ${currency} was opened`);
    return [kind, id] as const;
  });
  return Object.fromEntries(entries) as Record<K, number>;
}

/** Names only the columns that the application's role may set: a balance starts at zero. */
async function open(executor: Executor, accounts: { kind: string; partnerId: string | null; currency: string }[]): Promise<void> {
  const rows = accounts.map(({ kind, partnerId, currency }) => sql`(${kind}, ${partnerId}::uuid, ${currency})`);
  await executor.execute(
    sql`insert into ledger_accounts (kind, partner_id, currency) values ${sql.join(rows, sql`, `)} on conflict do nothing`,
  );
}

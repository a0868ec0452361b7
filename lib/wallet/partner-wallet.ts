import { and, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Executor } from "@/drizzle/client";
import { ledgerAccounts, partners } from "@/drizzle/schema";
import { AppError, invariant, notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";
import { walletAccounts } from "./accounts";
import type { LedgerWallet } from "./ledger.schemas";

const available = alias(ledgerAccounts, "available");
const held = alias(ledgerAccounts, "held");

/**
 * The accounts of a partner's wallet, made on first use. Only the currency that the partner orders in opens a new one: a slip of the
 * keyboard must not put money where nothing can spend it.
 */
export async function partnerWallet(
  executor: Executor,
  { partnerId, currency }: { partnerId: string; currency: string },
): Promise<{ available: number; held: number }> {
  const [partner] = isUuid(partnerId)
    ? await executor
        .select({ currency: partners.currency, open: available.id })
        .from(partners)
        .leftJoin(
          available,
          and(eq(available.partnerId, partners.id), eq(available.kind, "available"), eq(available.currency, currency)),
        )
        .where(eq(partners.id, partnerId))
    : [];
  if (!partner) throw notFound("partner");
  if (partner.currency !== currency && partner.open === null) {
    throw new AppError(
      "invalid_input",
      `This partner has no wallet in ${currency}; its orders are paid in ${partner.currency}.`,
      {
        fields: [{ path: "currency", message: `use ${partner.currency}` }],
      },
    );
  }
  return walletAccounts(executor, partnerId, currency);
}

/** Wallets as staff see them; the caller adds where, in what order and how many. */
export function selectWallets(executor: Executor) {
  return executor
    .select({
      partnerId: partners.id,
      partnerName: partners.name,
      currency: available.currency,
      availableMinor: available.balanceMinor,
      creditLimitMinor: available.creditLimitMinor,
      heldMinor: held.balanceMinor,
    })
    .from(partners)
    .innerJoin(available, and(eq(available.partnerId, partners.id), eq(available.kind, "available")))
    .innerJoin(held, and(eq(held.partnerId, partners.id), eq(held.kind, "held"), eq(held.currency, available.currency)));
}

/** The columns that `selectWallets` can be ordered and limited by. */
export const walletKey = { partnerId: partners.id, name: partners.name, currency: available.currency };

export async function readWallet(executor: Executor, partnerId: string, currency: string): Promise<LedgerWallet> {
  const [row] = await selectWallets(executor).where(and(eq(partners.id, partnerId), eq(available.currency, currency)));
  invariant(row, `the wallet of ${partnerId} in ${currency} exists`);
  return toWallet(row);
}

export function toWallet(row: Awaited<ReturnType<typeof selectWallets>>[number]): LedgerWallet {
  const money = (amountMinor: number) => ({ amountMinor, currency: row.currency });
  return {
    partnerId: row.partnerId,
    partnerName: row.partnerName,
    currency: row.currency,
    available: money(row.availableMinor),
    held: money(row.heldMinor),
    creditLimit: money(row.creditLimitMinor),
  };
}

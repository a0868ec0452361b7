import { eq } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { ledgerAccounts } from "@/drizzle/schema";
import { type Ctx, requireMember } from "@/lib/auth";
import type { Wallet } from "./schemas";

/** The partner's wallets, one per currency. */
export async function listWallets(ctx: Ctx): Promise<{ items: Wallet[] }> {
  const { partnerId } = requireMember(ctx, "wallet.read");
  const accounts = await db().select().from(ledgerAccounts).where(eq(ledgerAccounts.partnerId, partnerId));
  const currencies = [...new Set(accounts.map(({ currency }) => currency))].sort();
  return { items: currencies.map((currency) => walletOf(accounts, currency)) };
}

function walletOf(accounts: (typeof ledgerAccounts.$inferSelect)[], currency: string): Wallet {
  const find = (kind: string) => accounts.find((account) => account.kind === kind && account.currency === currency);
  const money = (amountMinor = 0) => ({ amountMinor, currency });
  const available = find("available");
  return {
    currency,
    available: money(available?.balanceMinor),
    held: money(find("held")?.balanceMinor),
    creditLimit: money(available?.creditLimitMinor),
  };
}

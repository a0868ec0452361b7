import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { formatMoney } from "@/lib/money";
import { violated } from "@/lib/postgres-errors";
import type { LedgerWallet, SetCreditLimitInput } from "./ledger.schemas";
import { partnerWallet, readWallet } from "./partner-wallet";

/**
 * Sets how far below zero a wallet may go. The database's own function does it and writes the audit row: the application's role cannot
 * reach a limit in any other way. Throws `conflict` when the wallet is further below zero than the new limit.
 */
export async function setCreditLimit(ctx: Ctx, input: SetCreditLimitInput): Promise<LedgerWallet> {
  const { userId } = requireStaffActor(ctx, "ledger.adjust");
  const { partnerId, currency, creditLimitMinor } = input;
  try {
    return await db().transaction(async (tx) => {
      await partnerWallet(tx, input);
      await tx.execute(
        sql`select previous_minor from set_credit_limit(${partnerId}::uuid, ${currency}, ${creditLimitMinor}::bigint, ${userId}, ${newId()}::uuid)`,
      );
      return readWallet(tx, partnerId, currency);
    });
  } catch (cause) {
    if (!violated(cause, "ledger_accounts_available")) throw cause;
    const { available } = await readWallet(db(), partnerId, currency);
    const used = formatMoney(Math.max(-available.amountMinor, 0), currency);
    throw new AppError(
      "conflict",
      `The wallet uses ${used} of its credit now. Set at least that, or wait until it is paid back.`,
      {
        fields: [{ path: "creditLimitMinor", message: "below what is used" }],
        data: { availableMinor: available.amountMinor, currency },
        cause,
      },
    );
  }
}

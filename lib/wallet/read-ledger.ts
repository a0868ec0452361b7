import { asc, desc, isNull } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/drizzle/client";
import { ledgerAccounts, ledgerChecks } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { type Ledger, type LedgerCheck, ledgerFindingSchema } from "./ledger.schemas";
import { trialBalance } from "./trial-balance";

const RECENT_CHECKS = 10;

/** The state of the books for staff: the trial balance as of now, the latest checks, and our own accounts. */
export async function readLedger(ctx: Ctx): Promise<Ledger> {
  requireStaffActor(ctx, "ledger.read");
  const [balances, checks, own] = await Promise.all([
    trialBalance(),
    db().select().from(ledgerChecks).orderBy(desc(ledgerChecks.startedAt)).limit(RECENT_CHECKS),
    db()
      .select()
      .from(ledgerAccounts)
      .where(isNull(ledgerAccounts.partnerId))
      .orderBy(asc(ledgerAccounts.currency), asc(ledgerAccounts.kind)),
  ]);
  return {
    at: new Date().toISOString(),
    trialBalance: balances,
    checks: checks.map(toCheck),
    ownAccounts: own.map(({ id, kind, balanceMinor, currency }) => ({
      id,
      kind,
      balance: { amountMinor: balanceMinor, currency },
    })),
  };
}

function toCheck(row: typeof ledgerChecks.$inferSelect): LedgerCheck {
  return {
    ...row,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt.toISOString(),
    findings: z.array(ledgerFindingSchema).parse(row.findings),
  };
}

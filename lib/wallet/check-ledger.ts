import { type Database, db, type Transaction } from "@/drizzle/client";
import { ledgerChecks } from "@/drizzle/schema";
import { raiseAlert, resolveAlert } from "@/lib/alerts";
import { newId } from "@/lib/ids";
import type { LedgerCheck, LedgerFinding } from "./ledger.schemas";
import { replayLedger } from "./replay-ledger";
import { trialBalance, unbalanced } from "./trial-balance";

export const OUT_OF_BALANCE = { kind: "ledger.out_of_balance", subject: "ledger" } as const;

/**
 * Checks the books in one snapshot, keeps the result, and raises the alert `ledger.out_of_balance` or ends it. Nothing is mended by
 * itself: a fault in the books is a fault in the program or somebody at the database, and both want a person.
 */
export async function checkLedger(database: Pick<Database, "transaction"> = db()): Promise<LedgerCheck> {
  const startedAt = new Date();
  const { transfers, found, findings } = await database.transaction(readBooks, {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
  const check = { id: newId(), startedAt, finishedAt: new Date(), ok: found === 0, transfers, found, findings };
  await database.transaction(async (tx) => {
    await tx.insert(ledgerChecks).values({ ...check, findings: findings.map((finding) => ({ ...finding })) });
    if (check.ok) await resolveAlert(tx, OUT_OF_BALANCE);
    else await raiseAlert(tx, alertOf(check));
  });
  return { ...check, startedAt: startedAt.toISOString(), finishedAt: check.finishedAt.toISOString() };
}

async function readBooks(tx: Transaction) {
  const uneven = unbalanced(await trialBalance(tx));
  const replay = await replayLedger(tx);
  return { ...replay, found: replay.found + uneven.length, findings: [...uneven, ...replay.findings] };
}

const MAX_IN_ALERT = 5;

function alertOf({ id, found, findings }: { id: string; found: number; findings: readonly LedgerFinding[] }) {
  const faults = found === 1 ? "one fault" : `${found} faults`;
  return {
    ...OUT_OF_BALANCE,
    severity: "critical" as const,
    title: `The books do not add up: ${faults} found. Stop adjusting by hand and look at the Ledger page first.`,
    detail: { checkId: id, found, findings: findings.slice(0, MAX_IN_ALERT) },
  };
}

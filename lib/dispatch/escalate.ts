import { and, eq, isNull, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { dispatches } from "@/drizzle/schema";
import { raiseAlert, resolveAlert } from "@/lib/alerts";
import { markInDoubt } from "./mark-in-doubt";

/** Hands a dispatch that stays unclear to people, once. It is asked about further; nothing is given back. */
export async function escalate(dispatchId: string): Promise<void> {
  await db().transaction(async (tx) => {
    await markInDoubt(tx, dispatchId);
    const [first] = await tx
      .update(dispatches)
      .set({ escalatedAt: sql`now()`, inDoubtSince: sql`coalesce(${dispatches.inDoubtSince}, now())` })
      .where(and(eq(dispatches.id, dispatchId), isNull(dispatches.escalatedAt)))
      .returning({ id: dispatches.id });
    if (first)
      await raiseAlert(tx, {
        kind: IN_DOUBT,
        severity: "critical",
        subject: `dispatch:${dispatchId}`,
        title: "The supplier has not said for a quarter of an hour whether it has a purchase",
      });
  });
}

/** The answer that ends the doubt ends what was raised about it. */
export async function endDoubt(tx: Transaction, dispatchId: string): Promise<void> {
  await resolveAlert(tx, { kind: [IN_DOUBT, ANSWER_CONTRADICTS], subject: `dispatch:${dispatchId}` });
}

const IN_DOUBT = "dispatch.in_doubt";
export const ANSWER_CONTRADICTS = "dispatch.answer_contradicts";

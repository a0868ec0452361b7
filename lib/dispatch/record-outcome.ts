import { and, eq, isNull, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { attempts } from "@/drizzle/schema";
import { raiseAlert, resolveAlert } from "@/lib/alerts";
import type { CheckoutOutcome } from "@/lib/bamboo";
import { addToTimeline } from "@/lib/orders";
import { enqueue } from "@/lib/outbox";
import { markInDoubt } from "./mark-in-doubt";
import { markPlaced } from "./mark-placed";
import { faultOf } from "./next-action";
import { ordersOf } from "./orders-of";

export interface EndedAttempt {
  id: string;
  number: number;
  httpStatus: number | null;
  outcome: CheckoutOutcome;
}

/** Records what an attempt told, with what follows for the dispatch and for what partners see. The first one calls for a follow-up. */
export async function recordOutcome(dispatchId: string, { id, number, httpStatus, outcome }: EndedAttempt): Promise<void> {
  await db().transaction(async (tx) => {
    const reason = outcome.kind === "rejected" ? outcome.reason : outcome.kind === "unknown" ? outcome.cause : null;
    await tx
      .update(attempts)
      .set({ outcome: outcome.kind, finishedAt: sql`now()`, httpStatus, reason })
      .where(and(eq(attempts.id, id), isNull(attempts.finishedAt)));
    if (outcome.kind === "placed") await markPlaced(tx, dispatchId);
    if (outcome.kind === "placed" && (await wasRefused(tx, dispatchId))) await resolveAlert(tx, SUPPLIER_REFUSES_US);
    if (outcome.kind === "unknown") await markInDoubt(tx, dispatchId);
    if (outcome.kind === "rejected" && faultOf(outcome.reason) === "ours") await noteOurFault(tx, dispatchId, id, outcome.reason);
    if (number === 1)
      await enqueue(tx, [{ name: outcome.kind === "placed" ? "dispatches/placed" : "dispatches/stalled", data: { dispatchId } }]);
  });
}

/** Our account, funds or set-up: no order fails, and we are told. */
async function noteOurFault(tx: Transaction, dispatchId: string, attemptId: string, reason: string): Promise<void> {
  await raiseAlert(tx, {
    ...SUPPLIER_REFUSES_US,
    severity: "critical",
    title: "The supplier refuses our purchases: mend our account there; nothing fails meanwhile",
    detail: { reason, dispatchId },
  });
  // Partners are told once.
  if (await wasRefused(tx, dispatchId, attemptId)) return;
  await addToTimeline(tx, await ordersOf(tx, dispatchId), {
    kind: "delayed",
    title: "Purchase delayed",
    detail: "The supplier cannot take our orders at the moment. Yours keeps its place and is tried again.",
  });
}

/** Whether an attempt of the dispatch, other than `except`, was refused. */
async function wasRefused(tx: Transaction, dispatchId: string, except = ""): Promise<boolean> {
  const refused = await tx
    .select({ id: attempts.id })
    .from(attempts)
    .where(and(eq(attempts.dispatchId, dispatchId), eq(attempts.outcome, "rejected")));
  return refused.some(({ id }) => id !== except);
}

/** Resolved once a purchase that was refused goes through. */
const SUPPLIER_REFUSES_US = { kind: "supplier.refuses_us", subject: "supplier:checkout" };

import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";
import { dispatches } from "@/drizzle/schema";
import { addToTimeline, moveOrders } from "@/lib/orders";
import { lockOrdersOf } from "./orders-of";

/**
 * Nobody knows whether the supplier has it. Partners read "Confirming with supplier": nothing failed, and nothing is given back. Repeating
 * it changes nothing, nor does it where a read has cleared it up meanwhile.
 */
export async function markInDoubt(tx: Transaction, dispatchId: string): Promise<void> {
  const [doubtful] = await tx
    .update(dispatches)
    .set({ inDoubtSince: sql`coalesce(${dispatches.inDoubtSince}, now())` })
    .where(and(eq(dispatches.id, dispatchId), eq(dispatches.status, "prepared")))
    .returning({ id: dispatches.id });
  if (!doubtful) return;
  const moved = await moveOrders(tx, await lockOrdersOf(tx, dispatchId), "confirming");
  await addToTimeline(tx, moved, {
    kind: "confirming",
    title: "Confirming with supplier",
    detail: "The supplier has not answered clearly. We are asking; nothing is charged or returned until we know.",
  });
}

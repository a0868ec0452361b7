import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";
import { dispatches, orders } from "@/drizzle/schema";
import { raiseAlert } from "@/lib/alerts";
import { addToTimeline, moveOrders } from "@/lib/orders";
import { lockOrdersOf } from "./orders-of";

/** The supplier has the purchase: by its answer to a POST, or by what a read found. Repeating it changes nothing. */
export async function markPlaced(tx: Transaction, dispatchId: string): Promise<void> {
  const [placed] = await tx
    .update(dispatches)
    .set({ status: "placed", placedAt: sql`now()`, inDoubtSince: null })
    .where(and(eq(dispatches.id, dispatchId), eq(dispatches.status, "prepared")))
    .returning({ id: dispatches.id });
  if (!placed) return raiseIfGivenUp(tx, dispatchId);
  const orderIds = await lockOrdersOf(tx, dispatchId);
  await moveOrders(tx, await clearedUp(tx, orderIds), "processing");
  await tx
    .update(orders)
    .set({ placedAt: sql`now()` })
    .where(and(inArray(orders.id, orderIds), isNull(orders.placedAt)));
  await addToTimeline(tx, orderIds, { kind: "placed", title: "Ordered at the supplier", detail: "Waiting for the cards" });
}

/** The protocol leaves no way to this; money was given back for what was bought, so people must know. */
async function raiseIfGivenUp(tx: Transaction, dispatchId: string): Promise<void> {
  const [dispatch] = await tx.select({ status: dispatches.status }).from(dispatches).where(eq(dispatches.id, dispatchId));
  if (dispatch?.status === "rejected")
    await raiseAlert(tx, {
      kind: "dispatch.placed_after_rejection",
      severity: "critical",
      subject: `dispatch:${dispatchId}`,
      title: "The supplier has a purchase that it had refused",
    });
}

/** Those that read "confirming" and of which no other purchase is in doubt. */
async function clearedUp(tx: Transaction, orderIds: string[]): Promise<string[]> {
  const doubtful = sql`
    select from order_lines l join allocations a on a.order_line_id = l.id join dispatch_lines dl on dl.id = a.dispatch_line_id
    join dispatches d on d.id = dl.dispatch_id
    where l.order_id = orders.id and d.status = 'prepared' and d.in_doubt_since is not null`;
  const rows = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(and(inArray(orders.id, orderIds), eq(orders.status, "confirming"), sql`not exists (${doubtful})`));
  return rows.map(({ id }) => id);
}

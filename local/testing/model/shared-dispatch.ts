import { inArray, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { orderLines, orders } from "@/drizzle/schema";
import { writeDispatch } from "@/lib/dispatch/write-dispatch";
import { addToTimeline } from "@/lib/orders";

/** Claims several waiting orders for one purchase, in the order given: the first is served first. Answers the purchase's id. */
export function claimTogether(orderIds: readonly string[]): Promise<string> {
  return db().transaction(async (tx) => {
    await tx
      .update(orders)
      .set({ status: "processing", claimedAt: sql`now()` })
      .where(inArray(orders.id, [...orderIds]));
    const lines = await tx
      .update(orderLines)
      .set({ status: "processing" })
      .where(inArray(orderLines.orderId, [...orderIds]))
      .returning();
    const turn = ({ orderId, position }: (typeof lines)[number]) => orderIds.indexOf(orderId) * lines.length + position;
    const inTurn = lines.sort((a, b) => turn(a) - turn(b));
    await addToTimeline(tx, orderIds, { kind: "claimed", title: "Purchase prepared" });
    return writeDispatch(
      tx,
      inTurn.map(({ id, ...line }) => ({ ...line, orderLineId: id })),
    );
  });
}

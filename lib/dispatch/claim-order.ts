import { and, eq, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { orderLines, orders } from "@/drizzle/schema";
import { addToTimeline } from "@/lib/orders";
import { enqueue } from "@/lib/outbox";
import { writeDispatches } from "./write-dispatch";

/** Takes a waiting order out of the queue and writes the dispatch that will buy it. Null when somebody else took or cancelled it. */
export async function claimOrder(orderId: string): Promise<string | null> {
  return db().transaction(async (tx) => {
    const [claimed] = await tx
      .update(orders)
      .set({ status: "processing", claimedAt: sql`now()` })
      .where(and(eq(orders.id, orderId), eq(orders.status, "queued")))
      .returning({ id: orders.id });
    if (!claimed) return null;
    const lines = await tx
      .update(orderLines)
      .set({ status: "processing" })
      .where(and(eq(orderLines.orderId, orderId), eq(orderLines.status, "queued")))
      .returning();
    const inOrder = lines.sort((a, b) => a.position - b.position);
    const [dispatchId = null, ...others] = await writeDispatches(
      tx,
      inOrder.map(({ id, ...line }) => ({ ...line, orderLineId: id })),
    );
    await enqueue(
      tx,
      others.map((id) => ({ name: "dispatches/stalled", data: { dispatchId: id } })),
    );
    await addToTimeline(tx, [orderId], { kind: "claimed", title: "Purchase prepared" });
    return dispatchId;
  });
}

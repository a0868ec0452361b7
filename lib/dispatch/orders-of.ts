import { eq } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { allocations, dispatchLines, orderLines } from "@/drizzle/schema";

/** Ids of the orders that a dispatch buys for. */
export async function ordersOf(executor: Executor, dispatchId: string): Promise<string[]> {
  const rows = await executor
    .selectDistinct({ orderId: orderLines.orderId })
    .from(allocations)
    .innerJoin(dispatchLines, eq(dispatchLines.id, allocations.dispatchLineId))
    .innerJoin(orderLines, eq(orderLines.id, allocations.orderLineId))
    .where(eq(dispatchLines.dispatchId, dispatchId));
  return rows.map(({ orderId }) => orderId);
}

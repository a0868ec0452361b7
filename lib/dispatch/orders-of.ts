import { asc, eq, inArray } from "drizzle-orm";
import type { Executor, Transaction } from "@/drizzle/client";
import { allocations, dispatchLines, orderLines, orders } from "@/drizzle/schema";

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

/** The same, locked until the end of the transaction: what is decided from all purchases of an order is decided by one at a time. */
export async function lockOrdersOf(tx: Transaction, dispatchId: string): Promise<string[]> {
  const orderIds = await ordersOf(tx, dispatchId);
  const locked = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(inArray(orders.id, orderIds))
    .orderBy(asc(orders.id))
    .for("no key update");
  return locked.map(({ id }) => id);
}

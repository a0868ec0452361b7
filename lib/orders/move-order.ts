import { and, inArray, sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { orders } from "@/drizzle/schema";
import { isFinal, type OrderState, statesBefore } from "./states.shared";

/**
 * Moves those of the orders that may move to `to`, and answers their ids. An order missing from the answer was not in a state that
 * leads there: somebody else won.
 */
export async function moveOrders(executor: Executor, orderIds: readonly string[], to: OrderState): Promise<string[]> {
  if (orderIds.length === 0) return [];
  const moved = await executor
    .update(orders)
    .set({ status: to, ...(isFinal(to) ? { settledAt: sql`now()` } : {}) })
    .where(and(inArray(orders.id, [...orderIds]), inArray(orders.status, statesBefore(to))))
    .returning({ id: orders.id });
  return moved.map(({ id }) => id);
}

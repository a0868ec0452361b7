import { asc, eq } from "drizzle-orm";
import { db, type Executor } from "@/drizzle/client";
import { allocations, dispatchLines } from "@/drizzle/schema";

/** What a dispatch buys. */
export function loadLines(dispatchId: string, executor: Executor = db()) {
  return executor.select().from(dispatchLines).where(eq(dispatchLines.dispatchId, dispatchId)).orderBy(asc(dispatchLines.id));
}

/** The products of a dispatch, and the order lines that it buys for, in claim order, each once. */
export async function loadShares(dispatchId: string): Promise<{ productIds: number[]; orderLineIds: string[] }> {
  const rows = await db()
    .select({ productId: dispatchLines.productId, orderLineId: allocations.orderLineId })
    .from(dispatchLines)
    .innerJoin(allocations, eq(allocations.dispatchLineId, dispatchLines.id))
    .where(eq(dispatchLines.dispatchId, dispatchId))
    .orderBy(asc(dispatchLines.id), asc(allocations.position));
  return {
    productIds: [...new Set(rows.map(({ productId }) => productId))],
    orderLineIds: [...new Set(rows.map(({ orderLineId }) => orderLineId))],
  };
}

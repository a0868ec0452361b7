import { and, eq } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { orders } from "@/drizzle/schema";
import { notFound } from "@/lib/errors";
import { isUuid } from "@/lib/ids";

/** The partner's own order. Another partner's is as absent as one that never was. */
export async function loadOrder(executor: Executor, partnerId: string, orderId: string) {
  const [order] = isUuid(orderId)
    ? await executor
        .select()
        .from(orders)
        .where(and(eq(orders.id, orderId), eq(orders.partnerId, partnerId)))
    : [];
  if (!order) throw notFound("order");
  return order;
}

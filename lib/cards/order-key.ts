import { eq } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { orderKeys } from "@/drizzle/schema";
import { newWrappedKey, unwrapKey } from "@/lib/seal";

const boundTo = (orderId: string) => `order-key:${orderId}`;

/** The key that seals an order's cards, made on first use. Two makers at once agree on the one that was written first. */
export async function orderKey(executor: Executor, orderId: string): Promise<Buffer> {
  const existing = await findOrderKey(executor, orderId);
  if (existing) return existing;
  const { key, masterKeyNumber, wrapped } = newWrappedKey(boundTo(orderId));
  const written = await executor
    .insert(orderKeys)
    .values({ orderId, masterKeyNumber, wrapped })
    .onConflictDoNothing()
    .returning({ orderId: orderKeys.orderId });
  const winner = written.length > 0 ? key : await findOrderKey(executor, orderId);
  if (!winner) throw new Error(`The key of order ${orderId} was neither written nor found`);
  return winner;
}

export async function findOrderKey(executor: Executor, orderId: string): Promise<Buffer | null> {
  const [row] = await executor.select().from(orderKeys).where(eq(orderKeys.orderId, orderId));
  return row ? unwrapKey(row, boundTo(orderId)) : null;
}

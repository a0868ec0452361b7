import { eq, inArray } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { orderKeys } from "@/drizzle/schema";
import { newWrappedKey, unwrapKey } from "@/lib/seal";

const boundTo = (orderId: string) => `order-key:${orderId}`;

/** The keys that seal some orders' cards, made on first use. Two makers at once agree on those that were written first. */
export async function makeOrderKeys(executor: Executor, orderIds: readonly string[]): Promise<Map<string, Buffer>> {
  const keys = await findOrderKeys(executor, orderIds);
  const missing = [...new Set(orderIds)].filter((orderId) => !keys.has(orderId));
  if (missing.length === 0) return keys;
  const made = missing.map((orderId) => ({ orderId, ...newWrappedKey(boundTo(orderId)) }));
  const written = await executor
    .insert(orderKeys)
    .values(made.map(({ orderId, masterKeyNumber, wrapped }) => ({ orderId, masterKeyNumber, wrapped })))
    .onConflictDoNothing()
    .returning({ orderId: orderKeys.orderId });
  const mine = new Set(written.map(({ orderId }) => orderId));
  for (const { orderId, key } of made) if (mine.has(orderId)) keys.set(orderId, key);
  if (keys.size < new Set(orderIds).size)
    for (const [orderId, key] of await findOrderKeys(executor, missing)) keys.set(orderId, key);
  return keys;
}

export async function findOrderKey(executor: Executor, orderId: string): Promise<Buffer | null> {
  const [row] = await executor.select().from(orderKeys).where(eq(orderKeys.orderId, orderId));
  return row ? unwrapKey(row, boundTo(orderId)) : null;
}

async function findOrderKeys(executor: Executor, orderIds: readonly string[]): Promise<Map<string, Buffer>> {
  const rows = await executor
    .select()
    .from(orderKeys)
    .where(inArray(orderKeys.orderId, [...orderIds]));
  return new Map(rows.map((row) => [row.orderId, unwrapKey(row, boundTo(row.orderId))]));
}

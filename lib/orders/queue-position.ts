import { and, count, eq, lt, or, sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { orders } from "@/drizzle/schema";

/** Counting further than this tells a partner nothing more. */
const MAX_COUNTED = 10_000;

/** Place among the waiting orders, 1 is next; null for an order that does not wait. */
export async function queuePosition(
  executor: Executor,
  order: { id: string; status: string; lane: "urgent" | "normal"; createdAt: Date },
): Promise<number | null> {
  if (order.status !== "queued") return null;
  const earlier = or(lt(orders.createdAt, order.createdAt), and(eq(orders.createdAt, order.createdAt), lt(orders.id, order.id)));
  const sameLane = and(eq(orders.lane, order.lane), earlier);
  const ahead = order.lane === "normal" ? or(eq(orders.lane, "urgent"), sameLane) : sameLane;
  const waiting = executor
    .select({ one: sql`1`.as("one") })
    .from(orders)
    .where(and(eq(orders.status, "queued"), ahead))
    .limit(MAX_COUNTED)
    .as("waiting");
  const [row] = await executor.select({ ahead: count() }).from(waiting);
  return (row?.ahead ?? 0) + 1;
}

import { sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";

/** Place among the waiting orders, 1 is next; null for an order that does not wait. Counted by the database, up to 1,000 ahead. */
export async function queuePosition(
  executor: Executor,
  order: { id: string; status: string; lane: "urgent" | "normal"; createdAt: Date },
): Promise<number | null> {
  if (order.status !== "queued") return null;
  const { id, lane, createdAt } = order;
  const { rows } = await executor.execute<{ position: number }>(
    sql`select queue_position(${id}::uuid, ${lane}, ${createdAt.toISOString()}::timestamptz) as position`,
  );
  return rows[0]?.position ?? null;
}

import type { Executor } from "@/drizzle/client";
import { orderEvents } from "@/drizzle/schema";
import { newId } from "@/lib/ids";

export interface TimelineNote {
  kind: string;
  /** For a person, in the partner's words. */
  title: string;
  detail?: string | null;
}

/** Adds the same entry to the timelines of some orders. */
export async function addToTimeline(
  executor: Executor,
  orderIds: readonly string[],
  { kind, title, detail = null }: TimelineNote,
): Promise<void> {
  if (orderIds.length === 0) return;
  await executor.insert(orderEvents).values(orderIds.map((orderId) => ({ id: newId(), orderId, kind, title, detail })));
}

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
export function addToTimeline(executor: Executor, orderIds: readonly string[], note: TimelineNote): Promise<void> {
  return addToTimelines(
    executor,
    orderIds.map((orderId) => ({ orderId, ...note })),
  );
}

/** Adds an entry of its own to each order's timeline, in one statement. */
export async function addToTimelines(executor: Executor, notes: readonly (TimelineNote & { orderId: string })[]): Promise<void> {
  if (notes.length === 0) return;
  await executor
    .insert(orderEvents)
    .values(notes.map(({ orderId, kind, title, detail = null }) => ({ id: newId(), orderId, kind, title, detail })));
}

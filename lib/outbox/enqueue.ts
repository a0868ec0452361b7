import type { Executor } from "@/drizzle/client";
import { outbox } from "@/drizzle/schema";
import type { OutboxEvent } from "./events";

/** Writes events beside the change they tell of; they are sent once that has committed. */
export async function enqueue(executor: Executor, events: readonly OutboxEvent[]): Promise<void> {
  if (events.length > 0) await executor.insert(outbox).values(events.map(({ name, data }) => ({ name, data: { ...data } })));
}

import { and, eq, isNull, sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { alerts } from "@/drizzle/schema";

/** Ends the open alert of this kind and subject. Answers whether there was one: resolving twice changes nothing. */
export async function resolveAlert(executor: Executor, { kind, subject }: { kind: string; subject: string }): Promise<boolean> {
  const resolved = await executor
    .update(alerts)
    .set({ resolvedAt: sql`now()` })
    .where(and(eq(alerts.kind, kind), eq(alerts.subject, subject), isNull(alerts.resolvedAt)))
    .returning({ id: alerts.id });
  return resolved.length > 0;
}

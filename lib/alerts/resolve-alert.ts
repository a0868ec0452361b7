import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { alerts } from "@/drizzle/schema";

/** Ends the open alerts of these kinds about this subject. Answers whether there was one: resolving twice changes nothing. */
export async function resolveAlert(
  executor: Executor,
  { kind, subject }: { kind: string | readonly string[]; subject: string },
): Promise<boolean> {
  const resolved = await executor
    .update(alerts)
    .set({ resolvedAt: sql`now()` })
    .where(and(inArray(alerts.kind, [kind].flat()), eq(alerts.subject, subject), isNull(alerts.resolvedAt)))
    .returning({ id: alerts.id });
  return resolved.length > 0;
}

import { and, eq, isNull, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { auditLog, dispatches } from "@/drizzle/schema";
import { newId } from "@/lib/ids";

/** Hands a dispatch that stays unclear to people, once. It is asked about further; nothing is given back. */
export async function escalate(dispatchId: string): Promise<void> {
  await db().transaction(async (tx) => {
    const [first] = await tx
      .update(dispatches)
      .set({ escalatedAt: sql`now()`, inDoubtSince: sql`coalesce(${dispatches.inDoubtSince}, now())` })
      .where(and(eq(dispatches.id, dispatchId), isNull(dispatches.escalatedAt)))
      .returning({ id: dispatches.id });
    if (first)
      await tx
        .insert(auditLog)
        .values({ id: newId(), actor: "system:dispatch", action: "dispatch.in_doubt", subject: `dispatch:${dispatchId}` });
  });
}

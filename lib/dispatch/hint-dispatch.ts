import { and, eq, inArray, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { dispatches } from "@/drizzle/schema";
import { isUuid } from "@/lib/ids";

/**
 * Records that the supplier called about a purchase, so that it is asked about even if the event that follows is lost. Answers
 * whether it is open; an unknown id, or one that is over, changes nothing.
 */
export async function hintDispatch(dispatchId: string): Promise<boolean> {
  if (!isUuid(dispatchId)) return false;
  const hinted = await db()
    .update(dispatches)
    // Not the transaction's start: a read that is written down while this waits for the row must not count as later.
    .set({
      hintedAt: sql`clock_timestamp()`,
      calledBackAt: sql`coalesce(${dispatches.calledBackAt}, clock_timestamp())`,
      nextCheckAt: sql`least(${dispatches.nextCheckAt}, clock_timestamp())`,
    })
    .where(and(eq(dispatches.id, dispatchId), inArray(dispatches.status, ["prepared", "placed"])))
    .returning({ id: dispatches.id });
  return hinted.length > 0;
}

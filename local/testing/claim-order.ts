import { asc, inArray } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { orderLines } from "@/drizzle/schema";
import { claimLines } from "@/lib/dispatch/claim-lines";

/** Claims whatever of these orders waits, as a purchase of its own. Null when nothing did. */
export async function claimOrder(...orderIds: string[]): Promise<string | null> {
  const lines = await db()
    .select()
    .from(orderLines)
    .where(inArray(orderLines.orderId, orderIds))
    .orderBy(asc(orderLines.orderId), asc(orderLines.position));
  return claimLines(
    lines.filter(({ status }) => status === "queued").map((line) => ({ ...line, queuedAtMs: line.queuedAt.getTime() })),
  );
}

import { asc, eq } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { orderLines } from "@/drizzle/schema";
import { claimLines } from "@/lib/dispatch/claim-lines";

/** Claims whatever of one order waits, as a purchase of its own. Null when nothing did. */
export async function claimOrder(orderId: string): Promise<string | null> {
  const lines = await db().select().from(orderLines).where(eq(orderLines.orderId, orderId)).orderBy(asc(orderLines.position));
  return claimLines(
    lines.filter(({ status }) => status === "queued").map((line) => ({ ...line, queuedAtMs: line.queuedAt.getTime() })),
  );
}

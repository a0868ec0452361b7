import { and, asc, eq, gt, isNull } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { orderLines } from "@/drizzle/schema";
import { recallPurchases } from "@/lib/purchase-journal";
import { regroupForgotten } from "./regroup-forgotten";

const BATCH = 500;

/**
 * Looks every waiting line up in the journal of purchases, after a restore and before anybody may come in: what was bought is held, or
 * found again where all of its purchase waits, before its partner can cancel it. Answers how many waiting lines had been bought.
 */
export async function holdForgotten(): Promise<number> {
  let found = 0;
  for (let after: string | null = null; ; ) {
    const lines: { id: string }[] = await db()
      .select({ id: orderLines.id })
      .from(orderLines)
      .where(
        and(eq(orderLines.status, "queued"), isNull(orderLines.heldFor), after === null ? undefined : gt(orderLines.id, after)),
      )
      .orderBy(asc(orderLines.id))
      .limit(BATCH);
    const recalled = await recallPurchases(lines.map(({ id }) => id));
    const forgotten = await regroupForgotten(recalled);
    found += [...recalled.values()].filter((dispatchId) => forgotten.has(dispatchId)).length;
    const last = lines.at(-1);
    if (!last || lines.length < BATCH) return found;
    after = last.id;
  }
}

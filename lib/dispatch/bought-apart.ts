import { eq } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { allocations, dispatchLines } from "@/drizzle/schema";
import { anyReported, requestIdOf } from "./write-dispatch";

/**
 * Whether the supplier's report names a purchase of one of the dispatch's products alone. Then the whole was refused once and its products
 * travelled apart, and this database, put back to before that, has forgotten it: to post the whole could buy them again.
 */
export async function boughtApart(dispatchId: string): Promise<boolean> {
  const rows = await db()
    .select({ line: dispatchLines.id, orderLineId: allocations.orderLineId })
    .from(dispatchLines)
    .innerJoin(allocations, eq(allocations.dispatchLineId, dispatchLines.id))
    .where(eq(dispatchLines.dispatchId, dispatchId));
  const lines = [...new Set(rows.map(({ line }) => line))];
  if (lines.length < 2) return false;
  return anyReported(
    db(),
    lines.map((id) => requestIdOf(rows.filter(({ line }) => line === id))),
  );
}

/** What stands as the reason of a dispatch that was split for it. */
export const BOUGHT_APART = "BoughtApartBeforeRestore";

import { eq } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { allocations, dispatchLines } from "@/drizzle/schema";
import { partsOf } from "./halves";
import { anyReported, requestIdOf } from "./write-dispatch";

/**
 * Whether the supplier's report names a purchase of a part of the dispatch. Then the whole was refused once and travelled in halves, and
 * this database, put back to before that, has forgotten it: to post the whole could buy them again.
 */
export async function boughtApart(dispatchId: string): Promise<boolean> {
  const shares = await db()
    .select({
      orderLineId: allocations.orderLineId,
      productId: dispatchLines.productId,
      faceMinor: dispatchLines.faceMinor,
    })
    .from(dispatchLines)
    .innerJoin(allocations, eq(allocations.dispatchLineId, dispatchLines.id))
    .where(eq(dispatchLines.dispatchId, dispatchId));
  return anyReported(db(), partsOf(shares).map(requestIdOf));
}

/** What stands as the reason of a dispatch that was split for it. */
export const BOUGHT_APART = "BoughtApartBeforeRestore";

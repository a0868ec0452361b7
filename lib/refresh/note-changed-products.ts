import { db } from "@/drizzle/client";
import { wishReread } from "@/lib/catalog";

/** The supplier says that these have changed: they are to be read again. Answers how many wishes that makes. */
export function noteChangedProducts(productIds: readonly number[]): Promise<number> {
  return wishReread(db(), productIds, "webhook");
}

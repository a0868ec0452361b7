import { eq, sql } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";
import { catalogChanges, products } from "@/drizzle/schema";
import { lockCatalog, wishReread } from "@/lib/catalog";

export const OUT_OF_STOCK = "ProductIsOutOfStock";

/** Of a range it is one face value that is not sold; the others may be. */
const ONE_FACE = "InvalidDenomination";

/**
 * The supplier has just refused this product by itself, whatever our catalogue says: nobody orders it until it was read again, and that is
 * asked for. Where it was one face value of a range, others go on ordering it meanwhile. Call it before orders are locked: the catalogue's locks come first.
 */
export async function noteRefusal(tx: Transaction, productId: number, reason: string): Promise<void> {
  // Before the product is looked at: a refresh may be writing it.
  await lockCatalog(tx);
  const [product] = await tx
    .select({
      stock: products.stock,
      inactiveBecause: products.inactiveBecause,
      isRange: sql<boolean>`${products.faceMinMinor} < ${products.faceMaxMinor}`,
    })
    .from(products)
    .where(eq(products.id, productId));
  if (!product) return;
  const now = sql`now()`;
  if (reason === OUT_OF_STOCK && product.stock !== 0) {
    await tx.update(products).set({ stock: 0, changedAt: now }).where(eq(products.id, productId));
    await tx.insert(catalogChanges).values({ productId, kind: "stock", before: { stock: product.stock }, after: { stock: 0 } });
  }
  const isWhole = reason !== OUT_OF_STOCK && !(reason === ONE_FACE && product.isRange);
  if (isWhole && product.inactiveBecause === null) {
    const refused = "refused";
    await tx
      .update(products)
      .set({ inactiveAt: now, inactiveBecause: refused, changedAt: now })
      .where(eq(products.id, productId));
    await tx
      .insert(catalogChanges)
      .values({ productId, kind: "inactive", before: { inactive: null }, after: { inactive: refused } });
  }
  await wishReread(tx, [productId], "refused");
}

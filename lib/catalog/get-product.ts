import { eq } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { brands, products } from "@/drizzle/schema";
import { type Ctx, requireMember } from "@/lib/auth";
import { notFound } from "@/lib/errors";
import { loadPriceList } from "@/lib/pricing";
import { lastRefreshAt, productColumns, toProduct } from "./product-rows";
import type { ProductDetail } from "./schemas";

/** One product with its texts, withdrawn ones included: an old order still points at them. */
export async function getProduct(ctx: Ctx, productId: number): Promise<ProductDetail> {
  const { partnerId } = requireMember(ctx, "catalog.read");
  const [prices, asOf, [row]] = await Promise.all([
    loadPriceList(db(), partnerId),
    lastRefreshAt(db()),
    db()
      .select({
        ...productColumns,
        description: brands.description,
        redemptionInstructions: brands.redemptionInstructions,
        terms: brands.terms,
      })
      .from(products)
      .innerJoin(brands, eq(brands.id, products.brandId))
      .where(eq(products.id, productId)),
  ]);
  if (!row) throw notFound("product");
  const { description, redemptionInstructions, terms } = row;
  return { ...toProduct(row, prices), description, redemptionInstructions, terms, asOf };
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { notFound } from "@/lib/errors";
import { CATALOG_SECONDS, readWithPrices } from "./price-parts";
import { brandFacts, brandFactsSchema, brandTexts, brandTextsSchema, productFacts, productFactsSchema } from "./product-facts";
import type { CatalogReader } from "./reader";
import type { ProductDetail } from "./schemas";
import { subjectOf, toProduct } from "./to-product";
import { wasOrdered, whoseProduct } from "./was-ordered";

const detailSchema = z
  .object({
    product: productFactsSchema,
    brand: brandFactsSchema,
    texts: brandTextsSchema,
    ordered: z.boolean(),
    changedAt: z.iso.datetime(),
  })
  .nullable();

/**
 * One product with its texts, withdrawn ones included: an old order still points at them, and the answer says that they cannot be ordered.
 * One that is not on the partner's list is there only if an order of the partner's has it, without price and stock.
 */
export async function getProduct(reader: CatalogReader, productId: number): Promise<ProductDetail> {
  const { value, prices } = await readWithPrices(reader, {
    key: `product:${reader.versions.catalog}:${whoseProduct(reader)}:${productId}`,
    ttlSeconds: CATALOG_SECONDS,
    sql: sql`(select jsonb_build_object('product', ${productFacts}, 'brand', ${brandFacts}, 'texts', ${brandTexts}, 'ordered', ${wasOrdered(reader, sql`p.id`)},
        'changedAt', to_char(p.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      from products p join brands b on b.id = p.brand_id where p.id = ${productId}::bigint)`,
    schema: detailSchema,
  });
  if (!value) throw notFound("product");
  const { product, brand, texts, ordered, changedAt } = value;
  const allowed = prices.allows(subjectOf(product, brand));
  if (!allowed && !ordered) throw notFound("product");
  return {
    ...toProduct(product, brand, prices, reader.catalogStale),
    ...texts,
    explanation: prices.explain(subjectOf(product, brand), product.faceMinMinor),
    ...(allowed ? {} : { priceMin: null, priceMax: null, discountBasisPoints: null, stock: null, explanation: null }),
    ...reader.freshness,
    // It may have been read by itself since the last full read.
    asOf: laterOf(reader.freshness.asOf, changedAt),
  };
}

function laterOf(asOf: string | null, changedAt: string): string | null {
  return asOf === null || asOf > changedAt ? asOf : changedAt;
}

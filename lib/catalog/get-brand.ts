import { sql } from "drizzle-orm";
import { z } from "zod";
import { notFound } from "@/lib/errors";
import { narrow } from "./narrow";
import { CATALOG_SECONDS, readWithPrices } from "./price-parts";
import {
  brandFacts,
  brandFactsSchema,
  brandTexts,
  brandTextsSchema,
  MAX_DENOMINATIONS,
  productFacts,
  productFactsSchema,
} from "./product-facts";
import type { CatalogReader } from "./reader";
import type { BrandDetail } from "./schemas";
import { brandRef, toProduct } from "./to-product";

const detailSchema = z
  .object({ brand: brandFactsSchema, texts: brandTextsSchema, products: z.array(productFactsSchema) })
  .nullable();

/** A brand with its denominations by face value. To a partner that may see none of them there is no such brand. */
export async function getBrand(reader: CatalogReader, brandId: string): Promise<BrandDetail> {
  const { value, prices } = await readWithPrices(reader, {
    key: `brand:${reader.versions.catalog}:${reader.listedOnly ? reader.versions.settings : "all"}:${brandId}`,
    ttlSeconds: CATALOG_SECONDS,
    sql: sql`(select jsonb_build_object('brand', ${brandFacts}, 'texts', ${brandTexts}, 'products', coalesce((
        select jsonb_agg(${productFacts} order by p.face_min_minor, p.id) from (
          select p.* from products p where p.brand_id = b.id and ${narrow(reader, {}).visible} order by p.face_min_minor, p.id limit ${MAX_DENOMINATIONS}) p), '[]'))
      from brands b where b.id = ${brandId})`,
    schema: detailSchema,
  });
  if (!value) throw notFound("brand");
  const { brand, texts, products } = value;
  if (reader.listedOnly && products.length === 0) throw notFound("brand");
  return {
    ...brandRef(brand),
    currency: brand.currency,
    categories: brand.categories,
    ...texts,
    products: products.map((product) => toProduct(product, brand, prices, reader.catalogStale)),
    ...reader.freshness,
  };
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { notFound } from "@/lib/errors";
import { formatMoney } from "@/lib/money";
import { type OrderableProduct, orderableFacts, orderableSchema, refusal, unavailableReason } from "./orderable";
import { CATALOG_SECONDS, readWithPrices } from "./price-parts";
import type { CatalogReader } from "./reader";
import type { PriceView, priceQuery } from "./schemas";
import { wasOrdered, whoseProduct } from "./was-ordered";

const factsSchema = z.object({ products: z.array(orderableSchema), ordered: z.boolean() });

/** What an order of one product would cost now, to the cent, or why it would be refused. For whom there is the product, see `getProduct`. */
export async function getPrice(
  reader: CatalogReader,
  productId: number,
  { faceMinor, quantity }: z.infer<typeof priceQuery>,
): Promise<PriceView> {
  const { value, prices } = await readWithPrices(reader, {
    key: `orderable:${reader.versions.catalog}:${whoseProduct(reader)}:${productId}`,
    ttlSeconds: CATALOG_SECONDS,
    sql: sql`jsonb_build_object('products', ${orderableFacts([productId])}, 'ordered', ${wasOrdered(reader, sql`${productId}::bigint`)})`,
    schema: factsSchema,
  });
  const [product] = value.products;
  const allowed = product !== undefined && prices.allows(product);
  if (!product || (!allowed && !value.ordered)) throw notFound("product");
  const face = faceProblem(product, faceMinor);
  const price = face || !allowed ? ({ kind: "no_price" } as const) : prices.price(product, faceMinor);
  const money = (amountMinor: number) => ({ amountMinor, currency: prices.currency });
  const priced = price.kind === "price" ? price : null;
  return {
    productId,
    face: { amountMinor: faceMinor, currency: product.faceCurrency },
    quantity,
    unitPrice: priced && money(priced.unitPriceMinor),
    total: priced && money(priced.unitPriceMinor * quantity),
    discountBasisPoints: priced?.discountBasisPoints ?? null,
    explanation: priced && prices.explain(product, faceMinor),
    // Of a face value that there is not, the product's own standing is told: it may well be orderable at another.
    unavailable: unavailableReason(product, prices, face ? "price" : price.kind, reader.catalogStale),
    problem: face ?? refusal(product, prices, price.kind, quantity, reader.catalogStale),
  };
}

/** One sentence for a face value that there is not of this product; null where there is. */
export function faceProblem(
  {
    name,
    faceMinMinor,
    faceMaxMinor,
    faceCurrency,
  }: Pick<OrderableProduct, "name" | "faceMinMinor" | "faceMaxMinor" | "faceCurrency">,
  faceMinor: number,
): string | null {
  if (faceMinor >= faceMinMinor && faceMinor <= faceMaxMinor) return null;
  const low = formatMoney(faceMinMinor, faceCurrency);
  return faceMinMinor === faceMaxMinor
    ? `The face value of ${name} is ${low}.`
    : `The face value of ${name} is between ${low} and ${formatMoney(faceMaxMinor, faceCurrency)}.`;
}

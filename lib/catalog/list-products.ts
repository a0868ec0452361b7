import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/paging";
import { listKey, listSeconds } from "./list-key";
import { type Narrowed, narrow } from "./narrow";
import { CATALOG_SECONDS, readWithPrices } from "./price-parts";
import { affords } from "./price-sieve";
import { brandFacts, brandFactsSchema, productFacts, productFactsSchema } from "./product-facts";
import type { CatalogReader } from "./reader";
import type { ProductsPage, productsQuery } from "./schemas";
import { toProduct } from "./to-product";
import { wordSearch } from "./words";

type Query = z.infer<typeof productsQuery>;

const listSchema = z.object({
  approximate: z.boolean(),
  rows: z.array(z.object({ far: z.number().int(), sortName: z.string(), product: productFactsSchema, brand: brandFactsSchema })),
});

/**
 * Products with the partner's price, in the order of brand, currency and face value. Where nothing in the whole catalogue has the words
 * as typed, what comes near them, the nearest first; where only the filters hold it back, nothing. With a price range a page may come out short and still have a next one.
 */
export async function listProducts(reader: CatalogReader, query: Query): Promise<ProductsPage> {
  const narrowed = narrow(reader, query);
  const { value, prices } = await readWithPrices(reader, {
    key: listKey("products", reader, narrowed, query),
    ttlSeconds: listSeconds(reader, CATALOG_SECONDS),
    sql: productList(reader.words, query, narrowed),
    schema: listSchema,
  });
  const rows = value.rows.slice(0, query.limit);
  const items = rows.map(({ product, brand }) => toProduct(product, brand, prices, reader.catalogStale));
  const last = value.rows.length > query.limit ? rows.at(-1) : undefined;
  return {
    items: narrowed.byPrice ? items.filter((item) => affords(item, query)) : items,
    nextCursor: last ? cursorAfter(value.approximate, last) : null,
    approximate: value.approximate,
    ...reader.freshness,
  };
}

function cursorAfter(
  approximate: boolean,
  { far, sortName, product, brand }: z.infer<typeof listSchema>["rows"][number],
): string {
  return encodeCursor([
    String(approximate),
    String(far),
    sortName,
    product.faceCurrency,
    brand.id,
    String(product.faceMinMinor),
    String(product.id),
  ]);
}

const ORDER = sql`sort_name, face_currency, brand_id, face_min_minor, id`;
const PLACE = sql`p.sort_name, p.face_currency, p.brand_id, p.face_min_minor, p.id`;
const SHELF = sql`from products p join brands b on b.id = p.brand_id`;

/** One row more than the page, which says whether there is a next one. A cursor stays in the list that gave it: as typed, or near. */
function productList(
  words: readonly string[],
  { cursor, limit }: Pick<Query, "cursor" | "limit">,
  { tables, fits, visible }: Narrowed,
): SQL {
  const { asTyped, near } = wordSearch(words);
  const known = sql`exists (select from products p where ${visible} and ${asTyped})`;
  const from = cursor === undefined ? undefined : placeOf(cursor);
  const exact = sql`select ${PLACE}, 0 as far ${SHELF}
    where ${fits} and ${asTyped} and ${from ? (from.approximate ? sql`false` : sql`(${PLACE}) > (${from.place})`) : sql`true`}
    order by ${ORDER} limit ${limit + 1}`;
  const nearly =
    near && (!from || from.approximate)
      ? sql`select * from (select ${PLACE}, ${near.far} as far ${SHELF} where ${fits} and ${near.nearly} and not exists (select from exact) and not ${known}) n
          where ${from ? sql`(far, ${ORDER}) > (${from.far}::bigint, ${from.place})` : sql`true`}
          order by far, ${ORDER} limit ${limit + 1}`
      : sql`select * from exact where false`;
  return sql`(with ${tables} ${near?.tables ?? sql``} exact as materialized (${exact}), nearly as materialized (${nearly}),
      page as (select * from exact union all select * from nearly)
    select jsonb_build_object('approximate', ${from?.approximate ?? sql`exists (select from nearly)`}::boolean, 'rows', coalesce((
      select jsonb_agg(jsonb_build_object('far', page.far, 'sortName', page.sort_name, 'product', ${productFacts}, 'brand', ${brandFacts})
        order by page.far, ${PLACE})
      from page join products p on p.id = page.id join brands b on b.id = p.brand_id), '[]')))`;
}

function placeOf(cursor: string) {
  const [approximate, far, sortName, currency, brandId, faceMinMinor, id] = decodeCursor(cursor, [
    "boolean",
    "integer",
    "text",
    "text",
    "text",
    "integer",
    "integer",
  ]);
  const place = sql`${sortName}::text, ${currency}::text, ${brandId}::text, ${faceMinMinor}::bigint, ${id}::bigint`;
  return { approximate: approximate === "true", far, place };
}

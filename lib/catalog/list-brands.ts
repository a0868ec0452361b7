import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/paging";
import { listKey, listSeconds } from "./list-key";
import { type Narrowed, narrow } from "./narrow";
import { CATALOG_SECONDS, readWithPrices } from "./price-parts";
import { affords } from "./price-sieve";
import { brandFacts, brandFactsSchema, briefFacts, briefFactsSchema, MAX_DENOMINATIONS } from "./product-facts";
import type { CatalogReader } from "./reader";
import type { BrandsPage, brandsQuery } from "./schemas";
import { toBrand } from "./to-brand";
import { offerOf } from "./to-product";
import { wordSearch } from "./words";

type Query = z.infer<typeof brandsQuery>;

const listSchema = z.object({
  approximate: z.boolean(),
  rows: z.array(
    z.object({ far: z.number().int(), sortName: z.string(), brand: brandFactsSchema, products: z.array(briefFactsSchema) }),
  ),
});

/** Brands with a product that fits, in the order of `listProducts`, with what the partner's prices of those products come to. */
export async function listBrands(reader: CatalogReader, query: Query): Promise<BrandsPage> {
  const narrowed = narrow(reader, query);
  const { value, prices } = await readWithPrices(reader, {
    key: listKey("brands", reader, narrowed, query),
    ttlSeconds: listSeconds(reader, CATALOG_SECONDS),
    sql: brandList(reader.words, query, narrowed),
    schema: listSchema,
  });
  const rows = value.rows.slice(0, query.limit);
  const items = rows.flatMap(({ brand, products }) => {
    const offered = products.map((product) => offerOf(product, brand, prices, reader.catalogStale));
    const fitting = narrowed.byPrice ? offered.filter((item) => affords(item, query)) : offered;
    return fitting.length > 0 ? [toBrand(brand, fitting)] : [];
  });
  const last = value.rows.length > query.limit ? rows.at(-1) : undefined;
  return {
    items,
    nextCursor: last
      ? encodeCursor([String(value.approximate), String(last.far), last.sortName, last.brand.currency, last.brand.id])
      : null,
    approximate: value.approximate,
    ...reader.freshness,
  };
}

const ORDER = sql`sort_name, currency, id`;
const PLACE = sql`b.sort_name, b.currency, b.id`;

function brandList(
  words: readonly string[],
  { cursor, limit }: Pick<Query, "cursor" | "limit">,
  { tables, fits, visible }: Narrowed,
): SQL {
  const { asTyped, near } = wordSearch(words);
  const known = sql`exists (select from products p where ${visible} and ${asTyped})`;
  const from = cursor === undefined ? undefined : placeOf(cursor);
  const exact = sql`select ${PLACE}, 0 as far from brands b
    where exists (select from products p where p.brand_id = b.id and ${fits} and ${asTyped})
      and ${from ? (from.approximate ? sql`false` : sql`(${PLACE}) > (${from.place})`) : sql`true`}
    order by ${ORDER} limit ${limit + 1}`;
  const nearly =
    near && (!from || from.approximate)
      ? sql`select * from (select ${PLACE}, min(${near.far}) as far from products p join brands b on b.id = p.brand_id
            where ${fits} and ${near.nearly} and not exists (select from exact) and not ${known} group by b.id) n
          where ${from ? sql`(far, ${ORDER}) > (${from.far}::bigint, ${from.place})` : sql`true`}
          order by far, ${ORDER} limit ${limit + 1}`
      : sql`select * from exact where false`;
  const found = near ? sql`(${asTyped} or page.far > 0 and ${near.nearly})` : asTyped;
  return sql`(with ${tables} ${near?.tables ?? sql``} exact as materialized (${exact}), nearly as materialized (${nearly}),
      page as (select * from exact union all select * from nearly)
    select jsonb_build_object('approximate', ${from?.approximate ?? sql`exists (select from nearly)`}::boolean, 'rows', coalesce((
      select jsonb_agg(jsonb_build_object('far', page.far, 'sortName', page.sort_name, 'brand', ${brandFacts}, 'products', of_brand.products)
        order by page.far, ${PLACE})
      from page join brands b on b.id = page.id cross join lateral (select coalesce(jsonb_agg(${briefFacts} order by p.face_min_minor, p.id), '[]') as products
        from (select p.* from products p where p.brand_id = b.id and ${fits} and ${found} order by p.face_min_minor, p.id limit ${MAX_DENOMINATIONS}) p) of_brand), '[]')))`;
}

function placeOf(cursor: string) {
  const [approximate, far, sortName, currency, id] = decodeCursor(cursor, ["boolean", "integer", "text", "text", "text"]);
  return { approximate: approximate === "true", far, place: sql`${sortName}::text, ${currency}::text, ${id}::text` };
}

import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { pick, type Random, seededRandom } from "../../local/bamboo/random";
import type { Buyer } from "./population";

/** Somebody and what they ask for; the same pair is the same answer. */
export interface Ask {
  buyer: Buyer;
  path: string;
}

export interface Asked {
  list: Ask[];
  search: Ask[];
  /** One of each kind of page, by name: for counting. */
  kinds: Record<string, string>;
  buyers: Buyer[];
}

const PAIRS = 200;
const SEED = 5;
const ROOT = "/api/v1/catalog";

/** What two hundred people ask: pages of brands and of products with filters, and words as they are typed, with a slip here and there. */
export async function makeRequests(buyers: readonly Buyer[]): Promise<Asked> {
  const random = seededRandom(SEED);
  const { rows } = await db().execute<{
    id: string;
    name: string;
    country: string;
    currency: string;
    category: number;
    product: number;
  }>(sql`
    select b.id, b.name, b.country_code as country, b.currency, (select min(category_id) from brand_categories where brand_id = b.id) as category,
      (select min(id) from products where brand_id = b.id and withdrawn_at is null) as product
    from brands b where exists (select from brand_categories where brand_id = b.id) and exists (select from products where brand_id = b.id) order by b.id`);
  const brand = () => pick(random, rows);
  const filters = [
    () => "",
    () => `?currency=${brand().currency}`,
    () => `?country=${brand().country}`,
    () => `?category=${brand().category}`,
    () => "?inStock=true",
    () => `?category=${brand().category}&inStock=true`,
    () => "?priceFromMinor=1000&priceToMinor=5000",
    () => "?currency=USD&faceFromMinor=1000&faceToMinor=10000",
  ];
  const typed = () => encodeURIComponent(asTyped(brand().name.toLowerCase(), random));
  const ask = (pathOf: (at: number) => string) =>
    buyers
      .slice(0, PAIRS)
      .map((buyer, at): Ask => ({ buyer, path: `${ROOT}/${at % 2 === 0 ? "brands" : "products"}${pathOf(at)}` }));
  const one = brand();
  return {
    list: ask((at) => (filters[Math.floor(at / 2) % filters.length] ?? filters[0])?.() ?? ""),
    search: ask(() => `?search=${typed()}`),
    kinds: {
      brands: `${ROOT}/brands`,
      products: `${ROOT}/products?currency=${one.currency}`,
      search: `${ROOT}/products?search=${encodeURIComponent(one.name.slice(0, 5).toLowerCase())}`,
      "search with a slip": `${ROOT}/brands?search=${encodeURIComponent(slipped(one.name.toLowerCase()))}`,
      "price range": `${ROOT}/products?priceFromMinor=1000&priceToMinor=5000`,
      brand: `${ROOT}/brands/${one.id}`,
      product: `${ROOT}/products/${one.product}`,
      price: `${ROOT}/products/${one.product}/price?faceMinor=1000`,
      filters: `${ROOT}/filters`,
      categories: `${ROOT}/categories`,
    },
    buyers: [...buyers],
  };
}

/** The beginning of a name, of three letters or more; one in four has a slip. */
function asTyped(name: string, random: Random): string {
  const length = 3 + Math.floor(random() * (name.length - 2));
  const beginning = name.slice(0, length);
  return random() < 0.25 && beginning.length >= 5 ? slipped(beginning) : beginning;
}

/** The second and third letter swapped. */
function slipped(name: string): string {
  return `${name.charAt(0)}${name.charAt(2)}${name.charAt(1)}${name.slice(3)}`;
}

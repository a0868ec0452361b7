import { createHmac, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { catalogState, partners, sessions } from "@/drizzle/schema";
import { type Ctx, loadCallerBeside } from "@/lib/auth";
import { env } from "@/lib/env";
import { makePartner, makeProduct } from "@/local/testing/factories";
import { putDatabaseBehindProxy } from "@/local/testing/trips/database-behind-proxy";
import type { TripProxy } from "@/local/testing/trips/trip-proxy";
import {
  type CatalogReader,
  catalogMoment,
  catalogReader,
  getBrand,
  getPrice,
  getProduct,
  listBrands,
  listCategories,
  listFilters,
  listProducts,
} from ".";
import { brandsQuery, productsQuery } from "./schemas";

const SESSION_MS = 60_000;

let proxy: TripProxy;
let ctx: Ctx;
let headers: Headers;
let productId: number;

/** Nothing above asks the database while it is imported, so the first query already goes through the proxy. */
beforeAll(async () => {
  proxy = await putDatabaseBehindProxy();
  ({ ctx } = await makePartner());
  productId = await makeProduct();
  headers = await signedIn(ctx);
  await listFilters(await readerOf());
});

afterAll(() => proxy.close());

/** As the routes have it: with the caller. */
async function readerOf(search?: string): Promise<CatalogReader> {
  const { caller, beside } = await loadCallerBeside(headers, catalogMoment(search));
  if (!caller) throw new Error("The session was not found");
  return catalogReader({ ...ctx, actor: caller.actor }, beside);
}

/** Every version moves, so that nothing that is kept can be used. */
async function forgetAll(): Promise<void> {
  await db().update(catalogState).set({ version: sql`version + 1` });
  await db().update(partners).set({ settingsVersion: sql`settings_version + 1` });
}

const READS: [string, (reader: CatalogReader) => Promise<unknown>, string?][] = [
  ["products", (reader) => listProducts(reader, productsQuery.parse({}))],
  ["a search", (reader) => listProducts(reader, productsQuery.parse({ search: "product" })), "product"],
  ["a search with a slip", (reader) => listBrands(reader, brandsQuery.parse({ search: "prodcut" })), "prodcut"],
  ["a price range", (reader) => listBrands(reader, brandsQuery.parse({ priceToMinor: "1000" }))],
  ["a product", (reader) => getProduct(reader, productId)],
  ["a brand", (reader) => getBrand(reader, "900")],
  ["a price", (reader) => getPrice(reader, productId, { faceMinor: 1_000, quantity: 1 })],
  ["categories", (reader) => listCategories(reader)],
];

test.each(READS)("%s: two trips to the database with nothing kept, one with all of it", async (_, read, search) => {
  await forgetAll();
  const trips: number[] = [];
  for (let round = 0; round < 2; round++) {
    proxy.reset();
    await read(await readerOf(search));
    trips.push(proxy.trips());
  }
  expect(trips).toEqual([2, 1]);
});

/** The cookie of a session, signed as a sign-in signs it. */
async function signedIn({ actor }: Ctx): Promise<Headers> {
  if (actor.kind === "system") throw new Error("Only people sign in");
  const token = randomUUID();
  await db()
    .insert(sessions)
    .values({ id: token, token, userId: actor.userId, expiresAt: new Date(Date.now() + SESSION_MS) });
  const signature = createHmac("sha256", env().AUTH_SECRET).update(token).digest("base64");
  return new Headers({ cookie: `steller.session_token=${encodeURIComponent(`${token}.${signature}`)}` });
}

import { randomInt } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { brands, partnerAllowances, partners, products } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { newId } from "@/lib/ids";
import { freshCatalogue, makePartner } from "@/local/testing/factories";
import { type CatalogReader, getBrand, getPrice, getProduct, listBrands, listCategories, listCountries, listProducts } from ".";
import { brandsQuery, productsQuery } from "./schemas";
import { loadCatalogReader, stockShelf } from "./shelf.fixture";

/** A word that no other test's products bear. */
const WORD = `zq${randomInt(1_000_000).toString(36)}x`;
const CATEGORY = 700_000 + randomInt(100_000);
/** Sorts before the dollar, and has no exchange rate whatever other tests do. */
const NO_RATE = "ATS";
let ctx: Ctx;
let partnerId: string;
let first: { brandId: string; productIds: number[] };
let foreign: { brandId: string; productIds: number[] };
let second: { brandId: string; productIds: number[] };

beforeAll(async () => {
  ({ ctx, partnerId } = await makePartner());
  await freshCatalogue();
  const faces = [10_000, 100, 1_000];
  first = await stockShelf(
    { name: `Aa ${WORD}`, countryCode: "US" },
    faces.map((faceMinMinor) => ({ faceMinMinor })),
    [CATEGORY],
  );
  foreign = await stockShelf({ name: `Aa ${WORD}`, currency: NO_RATE, countryCode: "DE" }, [{ faceMinMinor: 500 }]);
  second = await stockShelf({ name: `Bb ${WORD}`, countryCode: "US" }, [
    { faceMinMinor: 2_000, stock: 0 },
    { faceMinMinor: 500, faceMaxMinor: 50_000 },
    { faceMinMinor: 3_000, withdrawnAt: new Date() },
  ]);
});

const reader = (search = WORD): Promise<CatalogReader> => loadCatalogReader(ctx, search);
const find = async (query: object = {}, search = WORD) =>
  listProducts(await reader(search), productsQuery.parse({ search, ...query }));
const ids = async (query: object = {}, search = WORD) => (await find(query, search)).items.map(({ id }) => id);

function ordered(): (number | undefined)[] {
  const [hundred, one, ten] = first.productIds;
  return [foreign.productIds[0], one, ten, hundred, second.productIds[1], second.productIds[0]];
}

test("products come by brand, currency and face value as a number; what is withdrawn does not", async () => {
  expect(await ids()).toEqual(ordered());
});

test("pages of any size hold each once", async () => {
  for (const limit of [1, 2, 4]) {
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof find>> = await find({ limit, ...(cursor ? { cursor } : {}) });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor && seen.length < 20);
    expect(seen).toEqual(ordered());
  }
});

test("pages of what comes near hold each once as well", async () => {
  const near = `${WORD.slice(0, -1)}y`;
  const [all, one] = [await find({}, near), await find({ limit: 4 }, near)];
  expect(all).toMatchObject({ approximate: true, nextCursor: null });
  expect(new Set(all.items.map(({ id }) => id))).toEqual(new Set(ordered()));
  const two = await find({ limit: 4, cursor: one.nextCursor }, near);
  expect([...one.items, ...two.items].map(({ id }) => id)).toEqual(all.items.map(({ id }) => id));
  expect(two).toMatchObject({ approximate: true, nextCursor: null });
});

test("each filter narrows", async () => {
  const [, one, ten] = first.productIds;
  const firstByFace = ordered().slice(1, 4);
  expect(await ids({ brand: second.brandId })).toEqual(ordered().slice(4));
  expect(await ids({ category: CATEGORY })).toEqual(firstByFace);
  expect(await ids({ country: "DE" })).toEqual(foreign.productIds);
  expect(await ids({ currency: NO_RATE })).toEqual(foreign.productIds);
  expect(await ids({ inStock: "true" })).toEqual(ordered().slice(0, 5));
  expect(await ids({ currency: "USD", faceFromMinor: 900, faceToMinor: 1_100 })).toEqual([ten, second.productIds[1]]);
  // The partner pays face value less 5 %: 0.95, 9.50, 95.00; the range costs from 4.75 to 475.00.
  expect(await ids({ priceToMinor: 95 })).toEqual([one]);
  expect(await ids({ priceFromMinor: 95, priceToMinor: 474 })).toEqual([one]);
  expect(await ids({ priceFromMinor: 47_500 })).toEqual([second.productIds[1]]);
  expect(await ids({ priceFromMinor: 47_501 })).toEqual([]);
});

test("a price range may leave a page short of what it could hold, and loses nothing over all of them", async () => {
  const seen: number[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof find>> = await find({ limit: 1, priceToMinor: 951, ...(cursor ? { cursor } : {}) });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual([ordered()[1], ordered()[2], ordered()[4]]);
});

test("brands tell what their products that fit come to", async () => {
  const list = async (query: object = {}) => listBrands(await reader(), brandsQuery.parse({ search: WORD, ...query }));
  const all = await list();
  expect(all.items.map(({ id }) => id)).toEqual([foreign.brandId, first.brandId, second.brandId]);
  expect(all.items[1]).toMatchObject({
    products: 3,
    orderable: 3,
    faceMin: { amountMinor: 100, currency: "USD" },
    faceMax: { amountMinor: 10_000, currency: "USD" },
    priceFrom: { amountMinor: 95, currency: "USD" },
    discountBasisPoints: 500,
    categories: [{ id: CATEGORY }],
    unavailable: null,
  });
  expect(all.items[0]).toMatchObject({ currency: NO_RATE, orderable: 0, priceFrom: null, unavailable: "no_price" });
  expect(all.items[2]).toMatchObject({ products: 2, orderable: 1 });
  expect((await list({ priceFromMinor: 9_000, priceToMinor: 9_600 })).items).toMatchObject([
    { id: first.brandId, products: 1 },
    { id: second.brandId, products: 1 },
  ]);
  const page = await list({ limit: 1 });
  expect((await list({ limit: 5, cursor: page.nextCursor })).items).toEqual(all.items.slice(1));
});

test("what changes is seen at once: the version moves with it", async () => {
  const before = await reader();
  expect((await find()).items[1]?.stock).toBeNull();
  await db()
    .update(products)
    .set({ stock: 3 })
    .where(eq(products.id, first.productIds[1] ?? 0));
  expect((await find()).items[1]?.stock).toBe(3);
  expect((await reader()).tag("x")).not.toBe(before.tag("x"));
  await db()
    .update(products)
    .set({ stock: null })
    .where(eq(products.id, first.productIds[1] ?? 0));
});

test("a brand that is renamed or moves to another country is found by its new name and country", async () => {
  const { brandId, productIds } = await stockShelf({ name: `Old${WORD}` }, [{ faceMinMinor: 100, name: "card" }]);
  expect(await ids({}, `old${WORD}`)).toEqual(productIds);
  await db()
    .update(brands)
    .set({ name: `New ${WORD} Name`, countryCode: "GB" })
    .where(eq(brands.id, brandId));
  expect(await ids({ brand: brandId }, `uk ${WORD} kingdom`)).toEqual(productIds);
  expect(await ids({ brand: brandId }, `old${WORD}`)).toEqual([]);
  await db().update(products).set({ withdrawnAt: new Date() }).where(eq(products.brandId, brandId));
});

test("a partner with a list of its own sees what is on it, and nothing else is there", async () => {
  const own = await makePartner();
  await db().update(partners).set({ listedOnly: true }).where(eq(partners.id, own.partnerId));
  const look = () => loadCatalogReader(own.ctx, WORD);
  const listed = async () => (await listProducts(await look(), productsQuery.parse({ search: WORD }))).items.map(({ id }) => id);
  expect(await listed()).toEqual([]);
  await expect(getBrand(await look(), first.brandId)).rejects.toMatchObject({ code: "not_found" });
  const [off, faceMinor] = [first.productIds[0] ?? 0, 10_000];
  await expect(getProduct(await look(), off)).rejects.toMatchObject({ code: "not_found" });
  await expect(getPrice(await look(), off, { faceMinor, quantity: 1 })).rejects.toMatchObject({ code: "not_found" });
  const allow = (scope: "brand" | "category" | "product", scopeId: string) =>
    db().insert(partnerAllowances).values({ id: newId(), partnerId: own.partnerId, scope, scopeId });
  await allow("category", String(CATEGORY));
  expect(await listed()).toEqual(ordered().slice(1, 4));
  await allow("product", String(second.productIds[1]));
  expect(await listed()).toEqual(ordered().slice(1, 5));
  expect((await getBrand(await look(), second.brandId)).products.map(({ id }) => id)).toEqual([second.productIds[1]]);
  await allow("brand", foreign.brandId);
  expect(await listed()).toEqual(ordered().slice(0, 5));
  expect((await listCountries(await look())).items).toEqual([
    { code: "DE", products: 1 },
    { code: "US", products: 4 },
  ]);
  expect((await listCategories(await look())).items).toMatchObject([{ id: CATEGORY, products: 3 }]);
});

test("a brand shows its denominations by face value", async () => {
  const brand = await getBrand(await reader(), first.brandId);
  expect(brand.products.map(({ id }) => id)).toEqual(ordered().slice(1, 4));
  await expect(getBrand(await reader(), "no such brand")).rejects.toMatchObject({ code: "not_found" });
});

test("the price of an order is told to the cent, with what stands against it", async () => {
  const [out, range] = second.productIds;
  const price = async (id: number | undefined, faceMinor: number, quantity = 1) =>
    getPrice(await reader(), id ?? 0, { faceMinor, quantity });
  expect(await price(range, 1_111, 3)).toMatchObject({
    unitPrice: { amountMinor: 1_055, currency: "USD" },
    total: { amountMinor: 3_165, currency: "USD" },
    explanation: { rule: "test" },
    unavailable: null,
    problem: null,
  });
  expect(await price(range, 499)).toMatchObject({
    unitPrice: null,
    total: null,
    unavailable: null,
    problem: expect.stringContaining("between 5.00 USD and 500.00 USD"),
  });
  expect(await price(out, 2_000)).toMatchObject({
    total: { amountMinor: 1_900 },
    unavailable: "out_of_stock",
    problem: expect.stringContaining("out of stock"),
  });
  await expect(price(undefined, 1)).rejects.toMatchObject({ code: "not_found" });
});

test("partners only", async () => {
  const staff: Ctx = { ...ctx, actor: { kind: "staff", userId: "nobody", role: "admin" } };
  await expect(loadCatalogReader(staff)).rejects.toMatchObject({ code: "forbidden" });
  expect(partnerId).toBe((await reader()).partnerId);
});

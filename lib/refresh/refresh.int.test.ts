/** Long because each file with a catalogue of its own starts a database, a cache and a supplier: some seconds that this one spends once. */
import { asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/drizzle/client";
import {
  alerts,
  catalogChanges,
  catalogRefreshes,
  catalogRefreshPages,
  catalogRereads,
  catalogState,
  products,
} from "@/drizzle/schema";
import type { FaultRequest } from "@/local/bamboo/control";
import { magicProducts } from "@/local/bamboo/magic";
import {
  beginOwn,
  forgetHour,
  type OwnCatalogue,
  readCatalogue,
  rowVersions,
  startOwnCatalogue,
} from "@/local/testing/own-catalogue";
import { beginRefresh, completeRefresh, endAbandoned, failRefresh, refreshPage, refreshWhole } from "./index";
import { readStanding } from "./read-refreshes";
import { REFRESH_TRIGGERS } from "./schemas";
import { writePage } from "./write-page";

/** The sandbox's own brand and two others, one on each. */
const PAGES = [0, 1, 2];
const BRANDS = PAGES.length;
const [WARE, OTHER, THIRD] = [magicProducts.instant.id, magicProducts.priceMoves.id, magicProducts.afterTenSeconds.id];

let own: OwnCatalogue;
const change = (productId: number, to: object) => own.bamboo.control.setProduct({ productId, announce: false, ...to });

beforeAll(async () => {
  own = await startOwnCatalogue(vi.stubEnv);
  await readCatalogue();
});

beforeEach(async () => {
  await own.forget();
  await own.bamboo.control.removeFault();
  await db().delete(catalogRereads);
  await forgetHour();
});

afterAll(() => own.stop());

const rowOf = async (id: number) => (await db().select().from(products).where(eq(products.id, id)))[0];
const refreshOf = async (id: string) => (await db().select().from(catalogRefreshes).where(eq(catalogRefreshes.id, id)))[0];
const completedAt = async () => (await db().select().from(catalogState))[0]?.completedAt?.getTime() ?? 0;
const changesOf = async (refreshId: string) =>
  (await db().select().from(catalogChanges).where(eq(catalogChanges.refreshId, refreshId)).orderBy(asc(catalogChanges.id))).map(
    ({ productId, kind, before, after }) => ({ productId, kind, before, after }),
  );

test("a read that finds nothing new leaves every row untouched, and the version of what is cached with them", async () => {
  const [before, [state]] = [await rowVersions(), await db().select().from(catalogState)];
  const { rows, ended } = await readCatalogue();
  expect(rows).toEqual([1, 1, 1]);
  expect(ended).toMatchObject({ kind: "completed", counts: { brands: BRANDS, added: 0, changed: 0, withdrawn: 0 } });
  expect(await rowVersions()).toEqual(before);
  expect((await db().select().from(catalogState))[0]?.version).toBe(state?.version);
  expect(await completedAt()).toBeGreaterThan(state?.completedAt?.getTime() ?? Number.POSITIVE_INFINITY);
});

test("one changed price writes that product, its entry in the history and the pages, and nothing else", async () => {
  const before = await rowVersions();
  await change(WARE, { priceMin: 8.5 });
  const { refreshId, rows, ended } = await readCatalogue();
  expect(rows).toEqual([3, 1, 1]);
  expect(ended).toMatchObject({ counts: { changed: 1, repriced: 1, restocked: 0 } });
  expect(await changesOf(refreshId)).toEqual([
    {
      productId: WARE,
      kind: "price",
      before: { costMin: "9", costMax: "9", costCurrency: "USD" },
      after: { costMin: "8.5", costMax: "8.5", costCurrency: "USD" },
    },
  ]);
  const after = await rowVersions();
  expect([...after].filter(([id, version]) => before.get(id) !== version)).toHaveLength(1);
});

test("what came, went, ran out or is not sold now is told as such", async () => {
  await change(WARE, { count: 5 });
  await change(OTHER, { count: 0 });
  await change(THIRD, { unlisted: true });
  const moved = await readCatalogue();
  expect(moved.ended).toMatchObject({ counts: { changed: 2, restocked: 1, withdrawn: 0 } });
  expect(await changesOf(moved.refreshId)).toEqual([
    { productId: WARE, kind: "stock", before: { stock: null }, after: { stock: 5 } },
    { productId: OTHER, kind: "stock", before: { stock: null }, after: { stock: 0 } },
  ]);
  const gone = await readCatalogue();
  expect(gone.ended).toMatchObject({ counts: { changed: 0, withdrawn: 1 } });
  expect(await changesOf(gone.refreshId)).toEqual([{ productId: THIRD, kind: "withdrawn", before: null, after: null }]);
  expect((await rowOf(THIRD))?.withdrawnAt).toBeInstanceOf(Date);

  await change(WARE, { count: 3, status: "TemporaryInactive" });
  await change(THIRD, { unlisted: false, name: "Renamed \u202e<b>" });
  await forgetHour();
  const back = await readCatalogue();
  expect(back.ended).toMatchObject({ counts: { changed: 2, restocked: 0, returned: 1 } });
  expect(await changesOf(back.refreshId)).toMatchObject([
    { productId: WARE, kind: "inactive" },
    { productId: THIRD, kind: "returned" },
    { productId: THIRD, kind: "details", after: { name: "Renamed <b>" } },
  ]);
  expect(await rowOf(WARE)).toMatchObject({ stock: 3, inactiveBecause: "listed" });
  expect((await rowOf(THIRD))?.withdrawnAt).toBeNull();

  await change(WARE, { status: "Live" });
  await forgetHour();
  expect(await changesOf((await readCatalogue()).refreshId)).toMatchObject([{ productId: WARE, kind: "active" }]);
  expect((await rowOf(WARE))?.inactiveAt).toBeNull();
});

test("a product that one complete read misses stays for sale and is to be read by itself; the next read finds it again", async () => {
  const wishes = async () => (await db().select().from(catalogRereads)).map(({ productId, because }) => [productId, because]);
  await change(THIRD, { unlisted: true });
  expect((await readCatalogue()).ended).toMatchObject({ kind: "completed", counts: { withdrawn: 0 } });
  expect(await wishes()).toEqual([[THIRD, "unlisted"]]);
  await change(THIRD, { unlisted: false });
  expect((await readCatalogue()).ended).toMatchObject({ kind: "completed", counts: { withdrawn: 0, returned: 0 } });
  expect(await wishes()).toEqual([]);
  await change(THIRD, { unlisted: true });
  await forgetHour();
  expect((await readCatalogue()).ended).toMatchObject({ counts: { withdrawn: 0 } });
  await change(THIRD, { unlisted: false });
});

test("a refused product is sold again once it was read after the refusal", async () => {
  const refuse = (at: string) =>
    db().execute(sql`update products set inactive_at = now() + ${at}::interval, inactive_because = 'refused' where id = ${WARE}`);
  await refuse("1 minute");
  await readCatalogue();
  expect((await rowOf(WARE))?.inactiveBecause).toBe("refused");
  await refuse("-1 second");
  await readCatalogue();
  expect((await rowOf(WARE))?.inactiveBecause).toBeNull();
});

const FAULTS: [string, FaultRequest["act"], RegExp][] = [
  ["a cut line", { kind: "cutBefore" }, /unusable: Error/],
  ["a page that ends in the middle", { kind: "cutAfter", midBody: true }, /unusable: Error/],
  ["an error", { kind: "failBefore", status: 500 }, /unusable: HTTP 500/],
  ["what is no JSON", { kind: "garbageAfter" }, /does not parse/],
  ["a limit", { kind: "tooMany", waitSeconds: 1 }, /kept back/],
  ["a number of brands that moves", { kind: "countMoves", by: 1 }, /moved while it was read/],
  ["a page that is short", { kind: "shortPage", brands: 0 }, /told of 3 brands and listed 2/],
];
/** One for each fault. */
const VICTIMS = Object.values(magicProducts)
  .map(({ id }) => id)
  .filter((id) => ![WARE, OTHER, THIRD].includes(id));

test.each(FAULTS.map((fault, index) => [...fault, VICTIMS[index] ?? 0] as const))(
  "with %s on any page the last good catalogue is kept, and the next read completes",
  async (_, act, why, victim) => {
    await change(victim, { unlisted: true });
    const before = await completedAt();
    for (const page of PAGES) {
      await forgetHour();
      await own.forget();
      await own.bamboo.control.removeFault();
      await own.bamboo.control.addFault({ endpoint: "catalog-v2", skip: page, act });
      const { refreshId, ended } = await readCatalogue();
      expect(ended).toMatchObject({ kind: "failed", error: expect.stringMatching(why) });
      expect(await refreshOf(refreshId)).toMatchObject({
        status: "failed",
        error: expect.stringMatching(why),
        finishedAt: expect.any(Date),
      });
    }
    expect((await rowOf(victim))?.withdrawnAt).toBeNull();
    expect(await completedAt()).toBe(before);
    await own.forget();
    await forgetHour();
    expect((await readCatalogue()).ended).toMatchObject({ kind: "completed" });
    // Listed by the complete read before, and not by this one.
    expect((await db().select().from(catalogRereads)).map(({ productId }) => productId)).toEqual([victim]);
  },
);

test("two failures in a row are an alert, and a complete read ends it", async () => {
  const open = () => db().select().from(alerts).where(sql`kind = 'catalog.refresh_failed' and resolved_at is null`);
  await readCatalogue();
  await forgetHour();
  await failRefresh(await beginOwn(), "first");
  expect(await open()).toEqual([]);
  await failRefresh(await beginOwn(), "second");
  expect(await open()).toMatchObject([{ severity: "warning", detail: { error: "second" } }]);
  await forgetHour();
  await db().update(catalogState).set({ completedAt: sql`now() - interval '4 hours'` });
  await failRefresh(await beginOwn(), "third");
  expect(await open()).toMatchObject([{ severity: "critical", detail: { error: "third" } }]);
  await readCatalogue();
  expect(await open()).toEqual([]);
});

test("a step that comes twice changes nothing, and nothing is written for a read that is over", async () => {
  const refreshId = await beginOwn();
  const first = await refreshPage(refreshId, 0, 100);
  expect(first).toMatchObject({ kind: "page", brands: BRANDS, last: true });
  expect(await refreshPage(refreshId, 0, 100)).toEqual({ ...first, rows: 0 });
  expect(await completeRefresh(refreshId)).toMatchObject({ kind: "completed" });
  expect(await completeRefresh(refreshId)).toEqual({ kind: "over" });
  await expect(refreshPage(refreshId, 0, 100)).rejects.toThrow(/is over/);
});

test("a read that lists less than half of what was there withdraws nothing, unless an admin has said so", async () => {
  const { rows } = await db().execute<{ id: number; brand_id: string }>(sql`
    insert into products (id, brand_id, name, face_currency, face_min_minor, face_max_minor, cost_min, cost_max, cost_currency, changed_at)
    select 900000000 + n, '900', 'x', 'USD', 1000, 1000, 9, 9, 'USD', now() - interval '1 day' from generate_series(1, 1000) n returning id, brand_id`);
  expect(rows).toHaveLength(1_000);
  expect((await readCatalogue()).ended).toMatchObject({ kind: "failed", error: expect.stringMatching(/looks truncated/) });
  expect((await rowOf(900_000_001))?.withdrawnAt).toBeNull();
  expect((await readCatalogue(true)).ended).toMatchObject({ kind: "completed", counts: { withdrawn: 1_000 } });
});

test("a thousand clicks in an hour begin two reads, whoever clicks", async () => {
  const begun: string[] = [];
  for (let wave = 0; wave < 20; wave++) {
    const clicks = Array.from({ length: 50 }, (_, n) => beginRefresh(REFRESH_TRIGGERS[n % REFRESH_TRIGGERS.length] ?? "admin"));
    for (const answer of await Promise.all(clicks)) {
      if (answer.kind !== "began") continue;
      begun.push(answer.refreshId);
      await failRefresh(answer.refreshId, "clicked");
    }
  }
  expect(begun).toHaveLength(2);
  expect(await beginRefresh("schedule")).toMatchObject({ kind: "not_now", waitMs: expect.any(Number) });
});

test("a reader that gives no sign of life for five minutes is taken for dead; one that does is left", async () => {
  const refreshId = await beginOwn();
  const silent = (minutes: number) =>
    db().execute(sql`update catalog_refreshes set heard_at = now() - make_interval(mins => ${minutes}) where id = ${refreshId}`);
  await silent(4);
  expect(await beginRefresh("admin")).toMatchObject({ kind: "not_now", waitMs: null });
  await silent(6);
  expect(await beginRefresh("admin")).toMatchObject({ kind: "began" });
  await expect(refreshPage(refreshId, 0)).rejects.toThrow(/is over/);
});

test("what a dead reader left is ended by the sweep: completed where all pages are there, and else failed", async () => {
  const die = async (id: string) => {
    await db().execute(sql`update catalog_refreshes set heard_at = now() - interval '6 minutes' where id = ${id}`);
    expect((await readStanding()).running).toBe(false);
  };
  const whole = await beginOwn();
  await refreshPage(whole, 0, 100);
  expect(await endAbandoned()).toBe(0);
  await die(whole);
  expect(await endAbandoned()).toBe(1);
  expect(await refreshOf(whole)).toMatchObject({ status: "completed", counts: { brands: BRANDS } });
  expect(await completedAt()).toBe((await refreshOf(whole))?.startedAt.getTime());
  const part = await beginOwn();
  await refreshPage(part, 0, 1);
  await die(part);
  // The hour's two are used, and still it ends.
  expect(await beginRefresh("schedule")).toMatchObject({ kind: "not_now", waitMs: expect.any(Number) });
  expect(await refreshOf(part)).toMatchObject({ status: "failed", error: expect.stringMatching(/without an end\. Only 1 of 3/) });
});

test("the whole in one answer says the same as the pages do", async () => {
  const before = await rowVersions();
  const refreshId = await beginOwn("v1");
  expect(await refreshWhole(refreshId)).toEqual({ kind: "whole", rows: 1 });
  expect(await completeRefresh(refreshId)).toMatchObject({
    kind: "completed",
    counts: { brands: BRANDS, changed: 0, withdrawn: 0 },
  });
  expect(await rowVersions()).toEqual(before);
});

test.each(FAULTS.slice(0, 5))("the whole with %s fails the read, and is not asked for again in it", async (_, act) => {
  const before = await completedAt();
  await own.bamboo.control.addFault({ endpoint: "catalog-v1", act });
  const refreshId = await beginOwn("v1");
  const calls = async () => (await own.bamboo.control.arrivals("catalog-v1")).length;
  const told = await calls();
  expect(await refreshWhole(refreshId)).toMatchObject({ kind: "unusable" });
  expect(await refreshWhole(refreshId)).toMatchObject({ kind: "unusable", why: expect.stringMatching(/stopped before the end/) });
  expect((await calls()) - told).toBe(1);
  expect(await completeRefresh(refreshId)).toMatchObject({ kind: "failed", error: expect.stringMatching(/pages were read/) });
  expect(await completedAt()).toBe(before);
});

test("a brand that two pages list counts as often as the supplier counts it, and what of it cannot be read is there", async () => {
  await own.bamboo.control.addFault({ endpoint: "catalog-v2", act: { kind: "countMoves", by: 1 } });
  const refreshId = await beginOwn();
  expect(await refreshPage(refreshId, 0, BRANDS)).toMatchObject({ kind: "page", brands: BRANDS, last: false });
  const again = { id: "900", name: "Again", countryCode: null, currency: "USD", logoUrl: null, description: null };
  const brands = [
    { ...again, redemptionInstructions: null, terms: null, categories: [], products: [], unreadable: [WARE, null] },
  ];
  await writePage({ refreshId, page: 1, readAt: new Date().toISOString(), brands, supplierBrands: BRANDS + 1, pages: null });
  const pages = await db().select().from(catalogRefreshPages).where(eq(catalogRefreshPages.refreshId, refreshId));
  expect(pages.find(({ page }) => page === 1)).toMatchObject({ brandIds: ["900"], productIds: [WARE] });
  expect(await completeRefresh(refreshId)).toMatchObject({ kind: "completed", counts: { withdrawn: 0 } });
});

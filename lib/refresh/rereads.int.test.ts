import { randomUUID } from "node:crypto";
import { eq, inArray, ne, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/drizzle/client";
import {
  auditLog,
  catalogChanges,
  catalogRefreshes,
  catalogRereads,
  outbox,
  products,
  rateSnapshots,
  users,
} from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { wishReread } from "@/lib/catalog";
import { getOrder, placeOrder } from "@/lib/orders";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import { magicProducts } from "@/local/bamboo/magic";
import { balances, makePartner } from "@/local/testing/factories";
import { forgetHour, type OwnCatalogue, readCatalogue, rowVersions, startOwnCatalogue } from "@/local/testing/own-catalogue";
import {
  askRefresh,
  listChanges,
  noteChangedProducts,
  planRereads,
  pruneRefreshes,
  readRefreshes,
  rereadProducts,
  whatIsOld,
} from "./index";

const [WARE, OTHER, THIRD] = [magicProducts.instant.id, magicProducts.priceMoves.id, magicProducts.afterTenSeconds.id];
const UNKNOWN = 123_456;
const [GONE, GONE_TOO, STAYS] = [magicProducts.partialFailure.id, magicProducts.fails.id, magicProducts.noFunds.id];

let own: OwnCatalogue;
let admin: Ctx;
const change = (productId: number, to: object) => own.bamboo.control.setProduct({ productId, announce: false, ...to });
const calls = async () => (await own.bamboo.control.arrivals("catalog-v2")).length;

beforeAll(async () => {
  own = await startOwnCatalogue(vi.stubEnv);
  await readCatalogue();
  const userId = randomUUID();
  await db()
    .insert(users)
    .values({ id: userId, name: "Admin", email: `${userId}@test.example`, staffRole: "admin" });
  admin = {
    actor: { kind: "staff", userId, role: "admin" },
    requestId: "test",
    from: { ipAddress: null, userAgent: null },
  };
});

beforeEach(async () => {
  await db().delete(catalogRereads);
  await own.forget();
  await forgetHour();
});

afterAll(() => own.stop());

async function rereadAll() {
  const plan = await planRereads();
  if (plan.kind !== "reads") return plan;
  const told = [];
  const reads = [...plan.reads];
  for (const read of reads) {
    const answer = await rereadProducts(read);
    told.push(answer);
    if (answer.kind === "read") reads.push(...answer.missing.map((productId) => ({ productId, productIds: [productId] })));
  }
  return told;
}

test("products that a webhook names are read by themselves, brand by brand, and nothing else is touched", async () => {
  const { rows } = await db().execute<{ id: number }>(sql`select id from products where brand_id <> '900' order by id limit 1`);
  const elsewhere = Number(rows[0]?.id);
  await change(WARE, { priceMin: 8.2 });
  await change(OTHER, { unlisted: true });
  await change(THIRD, { name: "Not named by the webhook, but of the brand" });
  const [before, called] = [await rowVersions(), await calls()];
  expect(await noteChangedProducts([WARE, OTHER, elsewhere, UNKNOWN, WARE])).toBe(4);
  expect((await whatIsOld()).products).toBe(true);
  // One that nobody knows, another brand, the one in which three things changed, and what that one lacks.
  expect(await rereadAll()).toMatchObject([
    { kind: "read", products: 0, rows: 0, withdrawn: 0 },
    { kind: "read", rows: 0, withdrawn: 0 },
    { kind: "read", withdrawn: 0, missing: [OTHER] },
    { kind: "read", products: 0, withdrawn: 1 },
  ]);
  expect((await calls()) - called).toBe(4);
  expect((await db().select().from(outbox)).map(({ name, data }) => [name, data]).at(-1)).toEqual(["prices/changed", {}]);
  expect(await db().select().from(catalogRereads)).toEqual([]);
  const after = await rowVersions();
  expect([...after].filter(([id, version]) => before.get(id) !== version)).toHaveLength(3);
  const row = async (id: number) => (await db().select().from(products).where(eq(products.id, id)))[0];
  expect(await row(WARE)).toMatchObject({ costMin: "8.2000" });
  expect((await row(OTHER))?.withdrawnAt).toBeInstanceOf(Date);
  const logged = await db()
    .select()
    .from(catalogChanges)
    .where(inArray(catalogChanges.productId, [WARE, OTHER]));
  expect(
    logged
      .filter(({ refreshId }) => refreshId === null)
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(["price", "withdrawn"]);
  expect((await readRefreshes(admin)).startedLastHour).toBe(0);
});

test("a product that is asked for again while it is read waits for another read; an unusable answer keeps the wishes, behind all others", async () => {
  await noteChangedProducts([WARE]);
  await db().update(catalogRereads).set({ askedAt: sql`now() + interval '1 minute'` });
  await rereadAll();
  expect(await db().select().from(catalogRereads)).toHaveLength(1);
  await own.bamboo.control.addFault({ endpoint: "catalog-v2", act: { kind: "countMoves", by: 5 } });
  expect(await rereadAll()).toMatchObject([{ kind: "unusable", why: expect.stringMatching(/other brands/) }]);
  expect(await db().select().from(catalogRereads)).toHaveLength(1);
  await db().delete(catalogRereads);
  await noteChangedProducts([UNKNOWN]);
  await noteChangedProducts([WARE]);
  await own.bamboo.control.addFault({ endpoint: "catalog-v2", times: 4, act: { kind: "failBefore", status: 400 } });
  for (const first of [UNKNOWN, WARE, UNKNOWN, WARE]) {
    const plan = await planRereads();
    const [read] = plan.kind === "reads" ? plan.reads : [];
    expect(read?.productIds).toEqual([first]);
    // Four in a row, and no breaker: a refusal is an answer.
    expect(read && (await rereadProducts(read))).toEqual({ kind: "unusable", why: "HTTP 400" });
  }
  expect(await rereadAll()).toMatchObject([{ kind: "read" }, { kind: "read" }]);
});

test("a product that its brand lacks is asked for by its own id, and may have moved to another brand", async () => {
  await db().execute(sql`
    update products set brand_id = (select id from brands where id <> '900' order by id limit 1) where id = ${THIRD}`);
  await noteChangedProducts([THIRD]);
  expect(await rereadAll()).toMatchObject([
    { kind: "read", withdrawn: 0, missing: [THIRD] },
    { kind: "read", products: 1, withdrawn: 0 },
  ]);
  const [moved] = await db().select().from(products).where(eq(products.id, THIRD));
  expect(moved).toMatchObject({ brandId: "900", withdrawnAt: null });
  expect(await db().select().from(catalogRereads)).toEqual([]);
});

test("too many wishes wait for a full read, which answers those that were there when it began", async () => {
  await noteChangedProducts(Array.from({ length: 201 }, (_, index) => 5_000 + index));
  expect(await planRereads()).toEqual({ kind: "too_many" });
  await db().update(catalogRereads).set({ askedAt: sql`now() + interval '1 hour'` }).where(eq(catalogRereads.productId, 5_000));
  await readCatalogue();
  const left = await db().select().from(catalogRereads).where(ne(catalogRereads.because, "unlisted"));
  expect(left.map(({ productId }) => productId)).toEqual([5_000]);
});

test.each(["a full read", "a read by itself"])(
  "a product of a waiting order that %s no longer finds fails alone, with the money back",
  async (how) => {
    const [gone, stays] = how === "a full read" ? [GONE, STAYS] : [GONE_TOO, STAYS];
    const { ctx, partnerId } = await makePartner();
    const lines = [gone, stays].map((productId) => ({ productId, faceMinor: 1_000, quantity: 2 }));
    const { body } = await placeOrder(ctx, { lines }, randomUUID());
    const { id } = orderAcceptedSchema.parse(JSON.parse(body));
    expect((await balances(partnerId)).held).toBe(3_800);
    await change(gone, { unlisted: true });
    if (how === "a full read") {
      // One read that misses it proves nothing.
      await readCatalogue();
      expect((await balances(partnerId)).held).toBe(3_800);
      await readCatalogue();
    } else {
      await noteChangedProducts([gone]);
      const waits = async () => (await db().execute(sql`select from pg_locks where not granted`)).rowCount;
      let reading: Promise<unknown> | undefined;
      await db().transaction(async (tx) => {
        // As a settlement does: the wish, then the order. Whoever reads meanwhile locks them in the same turn.
        await wishReread(tx, [gone], "refused");
        reading = rereadAll();
        await expect.poll(waits, { timeout: 5_000 }).toBeGreaterThan(0);
        await tx.execute(sql`select from orders where id = ${id} for no key update`);
      });
      await reading;
    }
    expect((await balances(partnerId)).held).toBe(1_900);
    const { status, lines: after } = await getOrder(ctx, id);
    expect(status).toBe("queued");
    expect(after.map((line) => [line.productId, line.status])).toEqual([
      [gone, "failed"],
      [stays, "queued"],
    ]);
    expect(after[0]?.failure).toBe("The supplier no longer offers this product.");
  },
);

test("an admin's wish is noted, and refused with the time of the next one while the hour is used up", async () => {
  expect(await askRefresh(admin)).toEqual({ asked: true });
  const [audit] = await db().select().from(auditLog).where(eq(auditLog.action, "catalog.refresh_asked"));
  expect(audit?.actor).toMatch(/^user:/);
  await readCatalogue();
  expect((await readRefreshes(admin)).nextAllowedAt).toBeNull();
  await readCatalogue();
  const { nextAllowedAt, items, running, completedAt } = await readRefreshes(admin);
  expect(running).toBe(false);
  expect(Date.parse(nextAllowedAt ?? "") - Date.parse(items[1]?.startedAt ?? "")).toBe(3_600_000);
  expect(items[0]).toMatchObject({ status: "completed", pages: 3, pagesDone: 3, counts: { brands: 3 }, error: null });
  expect(Math.abs(Date.parse(completedAt ?? "") - Date.now())).toBeLessThan(60_000);
  await expect(askRefresh(admin)).rejects.toMatchObject({ code: "conflict", data: { nextAllowedAt } });
  const support: Ctx = { ...admin, actor: { kind: "staff", userId: "x", role: "support" } };
  await expect(askRefresh(support)).rejects.toMatchObject({ code: "not_found" });
});

test("changes are listed newest first, page by page, of one kind, product or read", async () => {
  const all = await listChanges(admin, { limit: 100 });
  expect(all.items.map(({ id }) => Number(id))).toEqual(all.items.map(({ id }) => Number(id)).sort((a, b) => b - a));
  const first = await listChanges(admin, { limit: 2 });
  const second = await listChanges(admin, { limit: 2, cursor: first.nextCursor ?? "" });
  expect([...first.items, ...second.items]).toEqual(all.items.slice(0, 4));
  const priced = await listChanges(admin, { limit: 100, kind: "price", product: WARE });
  expect(priced.items).toMatchObject([
    {
      product: { id: WARE, brandName: "Sandbox Scenarios" },
      refreshId: null,
      fields: [
        { name: "costCurrency", before: "USD", after: "USD" },
        { name: "costMax", before: "9", after: "8.2" },
        { name: "costMin", before: "9", after: "8.2" },
      ],
    },
  ]);
  const [{ id: refresh } = { id: "" }] = await db().select().from(catalogRefreshes).orderBy(catalogRefreshes.startedAt).limit(1);
  const { items } = await listChanges(admin, { limit: 100, refresh });
  expect(new Set(items.map(({ kind, refreshId }) => `${kind} ${refreshId}`))).toEqual(new Set([`added ${refresh}`]));
});

test("history of more than 90 days goes, the catalogue stays", async () => {
  const before = await rowVersions();
  await own.asOwner(async (owner) => {
    await owner.query("update catalog_changes set created_at = created_at - interval '91 days'");
    await owner.query("update catalog_refresh_pages set created_at = created_at - interval '91 days'");
  });
  await db().execute(sql`update catalog_refreshes set started_at = started_at - interval '91 days'`);
  await readCatalogue();
  const old = sql`now() - interval '91 days'`;
  const list = { base: "USD", rates: { EUR: "0.9" }, createdAt: old, lastSeenAt: old };
  const used = randomUUID();
  await db()
    .insert(rateSnapshots)
    .values([
      { ...list, id: used },
      { ...list, id: randomUUID(), status: "refused", refusedBecause: "No" },
    ]);
  expect(await pruneRefreshes()).toBeGreaterThan(30);
  expect((await db().select().from(rateSnapshots)).map(({ id }) => id)).toEqual([used]);
  expect(await db().select().from(catalogRefreshes)).toHaveLength(1);
  expect((await readRefreshes(admin)).items).toMatchObject([{ status: "completed", pagesDone: 3 }]);
  expect(await rowVersions()).toEqual(before);
});

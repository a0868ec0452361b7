import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { auditLog, brands, dispatches, orderLines, partners, products, users } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { catalogMoment, catalogReader, getPrice, getProduct } from "@/lib/catalog";
import { getOrder, placeOrder } from "@/lib/orders";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import { writeJournal } from "@/lib/purchase-journal";
import { claimOrder } from "@/local/testing/claim-order";
import { balances, makePartner, makeProduct, type TestPartner } from "@/local/testing/factories";
import { useOwnDatabase } from "@/local/testing/own-database";
import { listStaffBrands, readAllowances, returnUnavailable, setAllowances, switchBrand } from ".";

const FUNDS_MINOR = 100_000;
const CARD_MINOR = 950;

async function staff(role: "admin" | "support"): Promise<{ ctx: Ctx; userId: string; name: string }> {
  const userId = randomUUID();
  const name = `Staff ${userId}`;
  await db()
    .insert(users)
    .values({ id: userId, name, email: `${userId}@test.example`, staffRole: role });
  return {
    ctx: { actor: { kind: "staff", userId, role }, requestId: "test", from: { ipAddress: null, userAgent: null } },
    userId,
    name,
  };
}

let admin: Awaited<ReturnType<typeof staff>>;
let support: Awaited<ReturnType<typeof staff>>;
let endDatabase: () => Promise<void>;

// The whole catalogue and every partner are judged here, so they are this file's own.
beforeAll(async () => {
  endDatabase = await useOwnDatabase();
  [admin, support] = [await staff("admin"), await staff("support")];
});

afterAll(() => endDatabase());

/** A brand of the test's own with a product, by a name that sorts as given. */
async function makeBrand(name: string): Promise<{ brandId: string; productId: number; name: string }> {
  const [brandId, productId] = [randomUUID(), await makeProduct()];
  await db().insert(brands).values({ id: brandId, name, currency: "USD", changedAt: new Date() });
  await db().update(products).set({ brandId }).where(eq(products.id, productId));
  return { brandId, productId, name };
}

async function place({ ctx }: TestPartner, ...productIds: number[]): Promise<string> {
  const lines = productIds.map((productId) => ({ productId, faceMinor: 1_000, quantity: 1 }));
  return orderAcceptedSchema.parse(JSON.parse((await placeOrder(ctx, { lines }, randomUUID())).body)).id;
}

const linesOf = async ({ ctx }: TestPartner, orderId: string) => (await getOrder(ctx, orderId)).lines.map(({ status }) => status);
const auditOf = (subject: string) =>
  db()
    .select({ action: auditLog.action, actor: auditLog.actor, detail: auditLog.detail })
    .from(auditLog)
    .where(eq(auditLog.subject, subject));

test("switched off, a brand's waiting lines of all partners come back, each by itself; what is being bought goes on", async () => {
  const { brandId, productId, name } = await makeBrand(`Off ${randomUUID()}`);
  const other = await makeProduct();
  const [one, two] = [await makePartner({ fundsMinor: FUNDS_MINOR }), await makePartner({ fundsMinor: FUNDS_MINOR })];
  const [sent, mixed, alone] = [await place(one, productId), await place(one, other, productId), await place(two, productId)];
  const dispatchId = await claimOrder(sent);
  await db()
    .update(dispatches)
    .set({ nextCheckAt: sql`now() + interval '1 year'` })
    .where(eq(dispatches.id, dispatchId ?? ""));
  const found = await listStaffBrands(support.ctx, { search: name, limit: 5 });
  expect(found.items).toMatchObject([{ id: brandId, products: 1, waitingLines: 2, switchedOff: null }]);

  const off = await switchBrand(admin.ctx, brandId, { on: false, because: "The supplier sent used codes." });
  expect(off).toMatchObject({ returnedLines: 2, brand: { waitingLines: 0, switchedOff: { by: admin.name } } });
  expect([await linesOf(one, sent), await linesOf(one, mixed), await linesOf(two, alone)]).toEqual([
    ["processing"],
    ["queued", "failed"],
    ["failed"],
  ]);
  expect(await balances(one.partnerId)).toEqual({ available: FUNDS_MINOR - 2 * CARD_MINOR, held: 2 * CARD_MINOR });
  expect(await balances(two.partnerId)).toEqual({ available: FUNDS_MINOR, held: 0 });
  expect((await getOrder(two.ctx, alone)).status).toBe("failed");
  await expect(place(two, productId)).rejects.toMatchObject({
    code: "not_orderable",
    message: expect.stringContaining("switched off"),
  });

  const again = await switchBrand(admin.ctx, brandId, { on: false, because: "Another reason" });
  expect(again).toEqual({ brand: off.brand, returnedLines: 0 });
  expect(off.brand.switchedOff?.because).toBe("The supplier sent used codes.");
  expect((await switchBrand(admin.ctx, brandId, { on: true })).brand.switchedOff).toBeNull();
  await switchBrand(admin.ctx, brandId, { on: true });
  expect(await linesOf(two, await place(two, productId))).toEqual(["queued"]);
  expect((await auditOf(`brand:${brandId}`)).map(({ action, actor }) => `${action} ${actor}`)).toEqual([
    `brand.switched_off user:${admin.userId}`,
    `brand.switched_on user:${admin.userId}`,
  ]);
});

test("an order accepted in the moment of a switch, or of a withdrawal, is given back by the sweep, once", async () => {
  const [off, gone] = [await makeBrand(`Late ${randomUUID()}`), await makeBrand(`Gone ${randomUUID()}`)];
  const kept = await makeProduct();
  const partner = await makePartner({ fundsMinor: FUNDS_MINOR });
  const orderId = await place(partner, off.productId, gone.productId, kept);
  await db()
    .update(brands)
    .set({ switchedOffAt: new Date(), switchedOffBy: admin.userId, switchedOffBecause: "test" })
    .where(eq(brands.id, off.brandId));
  await db().update(products).set({ withdrawnAt: new Date() }).where(eq(products.id, gone.productId));
  expect(await returnUnavailable()).toBeGreaterThanOrEqual(2);
  expect((await getOrder(partner.ctx, orderId)).lines.map(({ status, failure }) => [status, failure])).toEqual([
    ["failed", "This brand was switched off before the purchase was sent."],
    ["failed", "The supplier no longer offers this product."],
    ["queued", null],
  ]);
  expect(await balances(partner.partnerId)).toEqual({ available: FUNDS_MINOR - CARD_MINOR, held: CARD_MINOR });
  expect(await returnUnavailable()).toBe(0);
});

test("after a restore, what the journal says was bought is left for its purchase to be found again", async () => {
  const { productId } = await makeBrand(`Restored ${randomUUID()}`);
  const partner = await makePartner({ fundsMinor: FUNDS_MINOR });
  const [bought, waiting] = [await place(partner, productId), await place(partner, productId)];
  const [line] = await db().select({ id: orderLines.id }).from(orderLines).where(eq(orderLines.orderId, bought));
  const requestId = randomUUID();
  await writeJournal(requestId, [line?.id ?? ""]);
  await db().update(products).set({ withdrawnAt: new Date() }).where(eq(products.id, productId));
  expect(await returnUnavailable()).toBe(1);
  expect([await linesOf(partner, bought), await linesOf(partner, waiting)]).toEqual([["queued"], ["failed"]]);
  expect(await returnUnavailable()).toBe(0);
});

test("brands come page by page, those switched off first, then by name; also only those, or those by a part of their name", async () => {
  const mark = randomUUID();
  const made = [];
  for (const letter of ["a", "b", "c", "d"]) made.push(await makeBrand(`${mark} ${letter}`));
  const [a, b, c, d] = made.map(({ brandId }) => brandId);
  await switchBrand(admin.ctx, c ?? "", { on: false, because: "test" });
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 4; page++) {
    const found = await listStaffBrands(support.ctx, { search: mark.slice(4), limit: 1, ...(cursor ? { cursor } : {}) });
    ids.push(...found.items.map(({ id }) => id));
    cursor = found.nextCursor ?? undefined;
  }
  expect([ids, cursor]).toEqual([[c, a, b, d], undefined]);
  expect((await listStaffBrands(support.ctx, { search: mark, off: true, limit: 9 })).items.map(({ id }) => id)).toEqual([c]);
  expect((await listStaffBrands(support.ctx, { search: mark, off: false, limit: 9 })).items).toHaveLength(3);
  expect((await listStaffBrands(support.ctx, { search: "100%", limit: 9 })).items).toEqual([]);
  await switchBrand(admin.ctx, c ?? "", { on: true });
});

test("a partner bound to a list orders what is on it, by product, brand or category, and nothing else", async () => {
  const [listed, other] = [await makeBrand(`Listed ${randomUUID()}`), await makeProduct()];
  const partner = await makePartner({ fundsMinor: FUNDS_MINOR });
  const versionOf = async () =>
    (await db().select({ version: partners.settingsVersion }).from(partners).where(eq(partners.id, partner.partnerId)))[0]
      ?.version;
  const before = await versionOf();
  const items = [{ scope: "brand" as const, scopeId: listed.brandId }];
  const set = await setAllowances(admin.ctx, partner.partnerId, { listedOnly: true, items: [...items, ...items] });
  expect(set).toEqual({ partnerId: partner.partnerId, listedOnly: true, items: [{ ...items[0], name: listed.name }] });
  expect(await versionOf()).not.toBe(before);
  expect(await readAllowances(support.ctx, partner.partnerId)).toEqual(set);
  expect(await linesOf(partner, await place(partner, listed.productId))).toEqual(["queued"]);
  await expect(place(partner, other)).rejects.toMatchObject({ code: "not_orderable" });

  await setAllowances(admin.ctx, partner.partnerId, { listedOnly: true, items });
  await setAllowances(admin.ctx, partner.partnerId, { listedOnly: false, items: [] });
  expect(await linesOf(partner, await place(partner, other))).toEqual(["queued"]);
  expect(
    (await auditOf(`partner:${partner.partnerId}`)).map(({ detail }) => [detail.listedOnly, detail.added, detail.removed]),
  ).toEqual([
    [true, items, []],
    [false, [], items],
  ]);
});

test("an entry that names nothing is refused by its place; one whose product went may stay", async () => {
  const partner = await makePartner();
  const put = (...scopeIds: string[]) =>
    setAllowances(admin.ctx, partner.partnerId, {
      listedOnly: true,
      items: scopeIds.map((scopeId) => ({ scope: "product" as const, scopeId })),
    });
  const productId = String(await makeProduct());
  await expect(put(productId, "7", "seven", ` ${productId}`)).rejects.toMatchObject({
    code: "invalid_input",
    fields: [{ path: "items.1.scopeId" }, { path: "items.2.scopeId" }, { path: "items.3.scopeId" }],
  });
  expect(await readAllowances(admin.ctx, partner.partnerId)).toMatchObject({ listedOnly: false, items: [] });
  await expect(readAllowances(admin.ctx, randomUUID())).rejects.toMatchObject({ code: "not_found" });
  await expect(readAllowances(admin.ctx, "none")).rejects.toMatchObject({ code: "not_found" });
});

test("only an admin switches and allows; support reads; to members there is no such page", async () => {
  const { brandId } = await makeBrand(`Rights ${randomUUID()}`);
  const partner = await makePartner();
  const nothing = { listedOnly: true, items: [] };
  for (const { ctx } of [partner, support]) {
    await expect(switchBrand(ctx, brandId, { on: false, because: "x" })).rejects.toMatchObject({ code: "not_found" });
    await expect(setAllowances(ctx, partner.partnerId, nothing)).rejects.toMatchObject({ code: "not_found" });
  }
  await expect(listStaffBrands(partner.ctx, { limit: 1 })).rejects.toMatchObject({ code: "not_found" });
  await expect(readAllowances(partner.ctx, partner.partnerId)).rejects.toMatchObject({ code: "not_found" });
  await expect(switchBrand(admin.ctx, "nothing", { on: true })).rejects.toMatchObject({ code: "not_found" });
});

test("off the list a product is not there, unless an order has it: then without price and stock", async () => {
  const partner = await makePartner({ fundsMinor: FUNDS_MINOR });
  const [bought, other] = [await makeProduct({ stock: 7 }), await makeProduct()];
  await place(partner, bought);
  const read = async (id: number) => {
    const moment = catalogMoment("", sql`${partner.partnerId}::uuid`);
    const reader = catalogReader(
      partner.ctx,
      (await db().execute<{ moment: unknown }>(sql`select ${moment} as moment`)).rows[0]?.moment,
    );
    return { product: await getProduct(reader, id), price: await getPrice(reader, id, { faceMinor: 1_000, quantity: 1 }) };
  };
  expect(await read(bought)).toMatchObject({ product: { stock: 7, unavailable: null }, price: { unavailable: null } });
  await setAllowances(admin.ctx, partner.partnerId, { listedOnly: true, items: [] });
  const nothing = { discountBasisPoints: null, explanation: null, unavailable: "not_allowed" };
  expect(await read(bought)).toMatchObject({
    product: { id: bought, priceMin: null, priceMax: null, stock: null, ...nothing },
    price: { productId: bought, unitPrice: null, total: null, ...nothing },
  });
  await expect(read(other)).rejects.toMatchObject({ code: "not_found" });
});

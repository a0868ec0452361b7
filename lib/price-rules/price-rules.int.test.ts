import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { alerts, auditLog, brands, outbox, partners, priceRules, products, users } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { loadPriceList } from "@/lib/pricing";
import { makePartner, makeProduct } from "@/local/testing/factories";
import { useOwnDatabase } from "@/local/testing/own-database";
import { checkMargins, listPartners, listRules, previewRule, removeRule, saveRule } from ".";
import { loadLiveProducts } from "./load-live-products";
import { type RuleInput, ruleInput } from "./schemas";

async function staff(role: "admin" | "support"): Promise<Ctx> {
  const userId = randomUUID();
  await db()
    .insert(users)
    .values({ id: userId, name: `Staff ${role}`, email: `${userId}@test.example`, staffRole: role });
  return { actor: { kind: "staff", userId, role }, requestId: "test", from: { ipAddress: null, userAgent: null } };
}

let admin: Ctx;
let support: Ctx;
let endDatabase: () => Promise<void>;

// The whole catalogue and every partner are judged here, so they are this file's own.
beforeAll(async () => {
  endDatabase = await useOwnDatabase();
  [admin, support] = [await staff("admin"), await staff("support")];
});

afterAll(() => endDatabase());

/** A brand of the test's own; each product is 10 USD at that cost. */
async function makeBrand(...costs: string[]): Promise<{ brandId: string; name: string; productIds: number[] }> {
  const brandId = randomUUID();
  const name = `Brand ${brandId}`;
  await db().insert(brands).values({ id: brandId, name, currency: "USD", changedAt: new Date() });
  const productIds: number[] = [];
  for (const cost of costs) {
    const id = await makeProduct();
    await db().update(products).set({ brandId, costMin: cost, costMax: cost }).where(eq(products.id, id));
    productIds.push(id);
  }
  return { brandId, name, productIds };
}

const rule = (partnerId: string, over: Partial<RuleInput> = {}): RuleInput => ({
  partnerId,
  name: "Gaming",
  scope: "default",
  scopeId: null,
  kind: "discount_off_face",
  basisPoints: 300,
  fixedFeeMinor: 0,
  minMarginBasisPoints: 0,
  ...over,
});

const openAlert = async (partnerId: string) =>
  (
    await db()
      .select({ title: alerts.title, detail: alerts.detail })
      .from(alerts)
      .where(and(eq(alerts.kind, "prices.below_margin"), eq(alerts.subject, `partner:${partnerId}`), isNull(alerts.resolvedAt)))
  )[0];

test("a scope has one rule: another is refused by the name of the first; rules are shown in the order in which they win", async () => {
  const { partnerId } = await makePartner();
  const { brandId, name, productIds } = await makeBrand("9");
  const product = { scope: "product" as const, scopeId: String(productIds[0]) };
  const made = await saveRule(admin, null, rule(partnerId, { name: "Brand deal", scope: "brand", scopeId: brandId }));
  expect(made).toMatchObject({ name: "Brand deal", scopeName: name, updatedBy: "Staff admin", partnerId });
  await saveRule(admin, null, rule(partnerId, { name: "One product", ...product }));
  await expect(saveRule(admin, null, rule(partnerId, { scope: "brand", scopeId: brandId }))).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining('"Brand deal"'),
    data: { ruleId: made.id },
  });
  await expect(saveRule(admin, made.id, rule(partnerId, product))).rejects.toMatchObject({ code: "conflict" });
  await expect(saveRule(admin, null, rule(partnerId))).rejects.toMatchObject({ code: "conflict" });
  const { items, partner } = await listRules(support, { partnerId });
  expect(partner).toMatchObject({ id: partnerId, currency: "USD" });
  expect(items.map(({ scope }) => scope)).toEqual(["product", "brand", "default"]);
});

test("a rule that is replaced keeps its age; each change is in the audit with what was before, and is told to who checks prices", async () => {
  const { partnerId } = await makePartner();
  const { brandId } = await makeBrand("9");
  const made = await saveRule(admin, null, rule(partnerId, { scope: "brand", scopeId: brandId }));
  const [{ createdAt } = { createdAt: null }] = await db().select().from(priceRules).where(eq(priceRules.id, made.id));
  const changed = await saveRule(admin, made.id, rule(partnerId, { scope: "brand", scopeId: brandId, basisPoints: 200 }));
  expect(changed).toMatchObject({ id: made.id, basisPoints: 200 });
  expect(await db().select().from(priceRules).where(eq(priceRules.id, made.id))).toMatchObject([{ createdAt, basisPoints: 200 }]);
  expect(await removeRule(admin, made.id)).toEqual(changed);
  await expect(removeRule(admin, made.id)).rejects.toMatchObject({ code: "not_found" });
  const audit = await db()
    .select()
    .from(auditLog)
    .where(eq(auditLog.subject, `price_rule:${made.id}`));
  expect(audit.map(({ action, partnerId: of }) => [action, of])).toEqual([
    ["price_rule.made", partnerId],
    ["price_rule.changed", partnerId],
    ["price_rule.removed", partnerId],
  ]);
  expect(audit[1]?.detail).toMatchObject({ before: { basisPoints: 300 }, after: { basisPoints: 200 } });
  const told = await db().select({ data: outbox.data }).from(outbox).where(eq(outbox.name, "prices/changed"));
  expect(told.filter(({ data }) => data.partnerId === partnerId)).toHaveLength(3);
});

test("what names nothing is refused by its field, and of two who save at once one wins", async () => {
  const [{ partnerId }, { partnerId: other }] = [await makePartner(), await makePartner()];
  const { brandId } = await makeBrand("9");
  const refused = (given: Partial<RuleInput>, id: string | null = null) =>
    expect(saveRule(admin, id, rule(partnerId, given))).rejects;
  await refused({ scope: "brand", scopeId: "nothing" }).toMatchObject({ code: "invalid_input", fields: [{ path: "scopeId" }] });
  await refused({ scope: "category", scopeId: "99999999999" }).toMatchObject({ code: "invalid_input" });
  await refused({ partnerId: randomUUID() }).toMatchObject({ fields: [{ path: "partnerId" }] });
  await refused({}, randomUUID()).toMatchObject({ code: "not_found" });
  const scope = { scope: "brand" as const, scopeId: brandId };
  const saved = await Promise.allSettled(Array.from({ length: 4 }, () => saveRule(admin, null, rule(partnerId, scope))));
  expect(saved.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const result of saved) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
  const mine = (await listRules(admin, { partnerId })).items.find(({ scope: of }) => of === "brand");
  await expect(saveRule(admin, mine?.id ?? "", rule(other, scope))).rejects.toMatchObject({ fields: [{ path: "partnerId" }] });
  expect(ruleInput.safeParse(rule(partnerId, { scope: "default", scopeId: "7" })).success).toBe(false);
  expect(ruleInput.safeParse(rule(partnerId, { basisPoints: 10_001 })).success).toBe(false);
});

test("a preview says what the prices will be: once saved, they are those", async () => {
  const { partnerId } = await makePartner();
  const { brandId, name, productIds } = await makeBrand("8", "9", "9.6");
  const asked = rule(partnerId, { scope: "brand", scopeId: brandId, basisPoints: 700, minMarginBasisPoints: 500 });
  const preview = await previewRule(support, { ruleId: null, rule: asked, show: "covered" });
  expect(preview).toMatchObject({ covered: 3, cheaper: 3, dearer: 0 });
  // Of 9.50 now and 9.30 then: 9.60 is not covered either way; 9 plus 5 % is 9.45.
  expect(preview.belowMarginThen - preview.belowMarginNow).toBe(1);
  expect(
    preview.items.map(({ productId, marginBasisPoints, belowMargin }) => [productId, marginBasisPoints, belowMargin]),
  ).toEqual([
    [productIds[2], -313, true],
    [productIds[1], 333, true],
    [productIds[0], 1625, false],
  ]);
  expect(preview.items.map(({ priceNow, priceThen }) => [priceNow?.amountMinor, priceThen?.amountMinor])).toEqual([
    [undefined, undefined],
    [950, undefined],
    [950, 930],
  ]);
  expect(await listRules(admin, { partnerId })).toMatchObject({ items: [{ scope: "default" }] });
  const listed = await previewRule(support, { ruleId: null, rule: asked, search: name.toUpperCase(), show: "below_margin" });
  expect(listed.items.map(({ productId }) => productId)).toEqual([productIds[2], productIds[1]]);

  const { id } = await saveRule(admin, null, asked);
  const prices = await loadPriceList(db(), partnerId);
  const live = (await loadLiveProducts()).filter((product) => product.brandId === brandId);
  for (const product of live) {
    const price = prices.price(product, product.faceMinMinor);
    const told = preview.items.find(({ productId }) => productId === product.productId);
    expect(price.kind === "price" ? price.unitPriceMinor : null).toBe(told?.priceThen?.amountMinor ?? null);
  }
  const changed = await previewRule(admin, { ruleId: id, rule: { ...asked, basisPoints: 0 }, show: "covered" });
  expect(changed).toMatchObject({ covered: 3, cheaper: 0, dearer: 3 });
  await expect(previewRule(admin, { ruleId: null, rule: asked, show: "covered" })).rejects.toMatchObject({ code: "conflict" });
  await expect(
    previewRule(admin, { ruleId: randomUUID(), rule: rule(partnerId, { scope: "product", scopeId: "1" }), show: "covered" }),
  ).rejects.toMatchObject({ code: "not_found" });
});

test("a product under its margin raises an alert about the partner, with how many and a few names, until the price is mended", async () => {
  const { partnerId } = await makePartner();
  const { brandId } = await makeBrand("9.9", "9.8", "9.7", "9.6");
  // Without a default nothing else has a price.
  const { id } = await saveRule(admin, null, rule(partnerId, { scope: "brand", scopeId: brandId, basisPoints: 600 }));
  const [fallback] = (await listRules(admin, { partnerId })).items.filter(({ scope }) => scope === "default");
  await removeRule(admin, fallback?.id ?? "");
  expect(await checkMargins({ partnerId })).toEqual({ partners: 1, below: 1, next: null });
  const alert = await openAlert(partnerId);
  expect(alert).toMatchObject({
    detail: { partnerId, count: 4 },
    title: expect.stringMatching(/^4 products are .* and 1 more\./),
  });
  expect((await listPartners(support)).items.find((found) => found.id === partnerId)).toMatchObject({
    rules: 1,
    hasDefaultRule: false,
  });
  await saveRule(admin, id, rule(partnerId, { scope: "brand", scopeId: brandId, kind: "markup_on_cost", basisPoints: 100 }));
  expect(await checkMargins({ partnerId })).toMatchObject({ below: 0 });
  expect(await openAlert(partnerId)).toBeUndefined();
});

test("all partners are walked through, some at a time", async () => {
  const made = await Promise.all(Array.from({ length: 25 }, () => makePartner({ fundsMinor: 0 })));
  await makeBrand("9.9");
  let after: string | null = null;
  let turns = 0;
  do after = (await checkMargins({ after })).next;
  while (after !== null && ++turns < 100);
  const about = await db().select({ subject: alerts.subject }).from(alerts).where(eq(alerts.kind, "prices.below_margin"));
  expect(about.map(({ subject }) => subject)).toEqual(
    expect.arrayContaining(made.map(({ partnerId }) => `partner:${partnerId}`)),
  );
});

test("a partner that is not active any more has its alert ended", async () => {
  const { partnerId } = await makePartner();
  await makeBrand("9.9");
  await checkMargins({ partnerId });
  expect(await openAlert(partnerId)).toBeDefined();
  await db().update(partners).set({ active: false }).where(eq(partners.id, partnerId));
  expect(await checkMargins({ partnerId })).toMatchObject({ partners: 1, below: 0 });
  expect(await openAlert(partnerId)).toBeUndefined();
});

test("saving and removing a rule at once take turns", async () => {
  const { partnerId } = await makePartner();
  const { brandId } = await makeBrand("9");
  const asked = rule(partnerId, { scope: "brand", scopeId: brandId });
  for (let round = 0; round < 4; round++) {
    const { id } = await saveRule(admin, null, asked);
    const ended = await Promise.allSettled([saveRule(admin, id, asked), removeRule(admin, id), saveRule(admin, id, asked)]);
    for (const result of ended) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "not_found" });
    expect(ended[1]?.status).toBe("fulfilled");
  }
});

test("only an admin changes rules; support reads and previews; to members there is no such page", async () => {
  const member = await makePartner();
  const input = rule(member.partnerId, { scope: "product", scopeId: "1" });
  for (const ctx of [member.ctx, support]) {
    await expect(saveRule(ctx, null, input)).rejects.toMatchObject({ code: "not_found" });
    await expect(removeRule(ctx, randomUUID())).rejects.toMatchObject({ code: "not_found" });
  }
  for (const read of [listPartners, (ctx: Ctx) => listRules(ctx, member)])
    await expect(read(member.ctx)).rejects.toMatchObject({ code: "not_found" });
  await expect(previewRule(member.ctx, { ruleId: null, rule: input, show: "covered" })).rejects.toMatchObject({
    code: "not_found",
  });
});

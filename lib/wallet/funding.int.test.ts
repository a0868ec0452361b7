import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { auditLog } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { placeOrder } from "@/lib/orders";
import { balances, makePartner, makeProduct, oneCard } from "@/local/testing/factories";
import { makeStaff } from "./ledger.fixture";
import { recordTopUpInput } from "./ledger.schemas";
import { recordTopUp } from "./record-top-up";
import { setCreditLimit } from "./set-credit-limit";

let admin: { ctx: Ctx; userId: string };
beforeAll(async () => {
  admin = await makeStaff();
});

const payment = (partnerId: string, amountMinor: number, reference: string = randomUUID()) =>
  recordTopUpInput.parse({ partnerId, currency: "USD", amountMinor, reference });
const limitAudit = (partnerId: string) =>
  db()
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.partnerId, partnerId), eq(auditLog.action, "wallet.credit_limit_set")));

test("a payment is booked once, however often and however spelt it is sent", async () => {
  const { partnerId } = await makePartner({ fundsMinor: 0 });
  const reference = `bank  ${randomUUID()}`;
  const spellings = [reference, ` ${reference} `, reference.toUpperCase(), reference.replace("  ", " ")];
  const answers = await Promise.all(spellings.map((text) => recordTopUp(admin.ctx, payment(partnerId, 7_500, text))));
  expect(answers.filter(({ alreadyBooked }) => !alreadyBooked)).toHaveLength(1);
  expect(new Set(answers.map(({ transferId }) => transferId)).size).toBe(1);
  expect(await balances(partnerId)).toEqual({ available: 7_500, held: 0 });
  const subject = `transfer:${answers[0]?.transferId}`;
  expect(await db().select().from(auditLog).where(eq(auditLog.subject, subject))).toMatchObject([
    { action: "wallet.topped_up", actor: `user:${admin.userId}`, partnerId },
  ]);
});

test("a reference that is in the books as another payment is refused, and says as which", async () => {
  const [one, two] = await Promise.all([makePartner({ fundsMinor: 0 }), makePartner({ fundsMinor: 0 })]);
  const reference = randomUUID();
  await recordTopUp(admin.ctx, payment(one.partnerId, 500, reference));
  const attempts = [payment(one.partnerId, 501, reference), payment(two.partnerId, 500, reference)];
  for (const input of attempts)
    await expect(recordTopUp(admin.ctx, input)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("5.00 USD"),
    });
  expect([await balances(one.partnerId), await balances(two.partnerId)]).toEqual([
    { available: 500, held: 0 },
    { available: 0, held: 0 },
  ]);
});

test("orders may take a wallet below zero down to its limit and no further", async () => {
  const { partnerId, ctx } = await makePartner({ fundsMinor: 1_000 });
  const productId = await makeProduct();
  expect(await setCreditLimit(admin.ctx, { partnerId, currency: "USD", creditLimitMinor: 1_800 })).toMatchObject({
    available: { amountMinor: 1_000 },
    creditLimit: { amountMinor: 1_800 },
  });
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => placeOrder(ctx, oneCard(productId), randomUUID())));
  // 2,800 to spend, 950 an order: two, and 900 are left.
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  for (const result of results)
    if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "insufficient_funds" });
  expect(await balances(partnerId)).toEqual({ available: -900, held: 1_900 });
});

test("a limit is not set below what is used; each change is in the audit log once, with what it was", async () => {
  const { partnerId, ctx } = await makePartner({ fundsMinor: 0 });
  const limit = (creditLimitMinor: number) => setCreditLimit(admin.ctx, { partnerId, currency: "USD", creditLimitMinor });
  await limit(1_000);
  await placeOrder(ctx, oneCard(await makeProduct()), randomUUID());
  await expect(limit(949)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("9.50 USD") });
  await limit(950);
  await limit(950);
  expect((await limitAudit(partnerId)).map(({ actor, detail }) => ({ actor, ...detail }))).toEqual([
    { actor: `user:${admin.userId}`, currency: "USD", fromMinor: 0, toMinor: 1_000 },
    { actor: `user:${admin.userId}`, currency: "USD", fromMinor: 1_000, toMinor: 950 },
  ]);
  expect(await balances(partnerId)).toEqual({ available: -950, held: 950 });
});

test("a limit lowered while orders come in never leaves a wallet below it", async () => {
  const { partnerId, ctx } = await makePartner({ fundsMinor: 0 });
  const productId = await makeProduct();
  await setCreditLimit(admin.ctx, { partnerId, currency: "USD", creditLimitMinor: 9_500 });
  const lowered = setCreditLimit(admin.ctx, { partnerId, currency: "USD", creditLimitMinor: 2_000 });
  const orders = Promise.allSettled(Array.from({ length: 12 }, () => placeOrder(ctx, oneCard(productId), randomUUID())));
  const [[limit]] = await Promise.all([Promise.allSettled([lowered]), orders]);
  const { available } = await balances(partnerId);
  expect(available).toBeGreaterThanOrEqual(limit.status === "fulfilled" ? -2_000 : -9_500);
  if (limit.status === "rejected") expect(limit.reason).toMatchObject({ code: "conflict" });
});

test("support and partners may neither book nor lend", async () => {
  const [support, partner] = await Promise.all([makeStaff("support"), makePartner({ fundsMinor: 0 })]);
  const { partnerId } = partner;
  for (const { ctx } of [support, partner]) {
    await expect(recordTopUp(ctx, payment(partnerId, 5))).rejects.toMatchObject({ code: "not_found" });
    await expect(setCreditLimit(ctx, { partnerId, currency: "USD", creditLimitMinor: 5 })).rejects.toMatchObject({
      code: "not_found",
    });
  }
  expect(await balances(partnerId)).toEqual({ available: 0, held: 0 });
});

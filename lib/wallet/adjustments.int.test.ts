import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { auditLog, users } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { balances, makePartner } from "@/local/testing/factories";
import { approveAdjustment } from "./approve-adjustment";
import { declineAdjustment } from "./decline-adjustment";
import { makeStaff } from "./ledger.fixture";
import { listAdjustments } from "./list-adjustments";
import { requestAdjustment } from "./request-adjustment";

let first: { ctx: Ctx; userId: string };
let second: { ctx: Ctx; userId: string };
let partnerId: string;

beforeAll(async () => {
  [first, second] = await Promise.all([makeStaff(), makeStaff()]);
});
beforeEach(async () => {
  ({ partnerId } = await makePartner({ fundsMinor: 20_000 }));
});

const ask = (amountMinor: number, key: string = randomUUID(), reason = "A card that did not work") =>
  requestAdjustment(first.ctx, { partnerId, currency: "USD", amountMinor, reason }, key);
const audit = async (id: string) =>
  (
    await db()
      .select()
      .from(auditLog)
      .where(eq(auditLog.subject, `adjustment:${id}`))
  ).map(({ action, actor }) => ({ action, actor }));

test("a small one is posted at once, up or down, and says who did it", async () => {
  const { adjustment } = await ask(10_000);
  expect(adjustment).toMatchObject({ status: "posted", large: false, requestedBy: { id: first.userId }, decidedBy: null });
  expect(adjustment.transferId).not.toBeNull();
  await ask(-500);
  expect(await balances(partnerId)).toEqual({ available: 29_500, held: 0 });
  expect(await audit(adjustment.id)).toEqual([{ action: "adjustment.posted", actor: `user:${first.userId}` }]);
});

test("a large one moves nothing until another admin approves; its author may not", async () => {
  const { adjustment } = await ask(10_001);
  expect(adjustment).toMatchObject({ status: "pending", large: true, transferId: null });
  await expect(approveAdjustment(first.ctx, adjustment.id)).rejects.toMatchObject({ code: "forbidden" });
  expect(await balances(partnerId)).toEqual({ available: 20_000, held: 0 });
  const approved = await approveAdjustment(second.ctx, adjustment.id);
  expect(approved).toMatchObject({ status: "posted", decidedBy: { id: second.userId } });
  expect(await balances(partnerId)).toEqual({ available: 30_001, held: 0 });
  expect(await audit(adjustment.id)).toEqual([
    { action: "adjustment.requested", actor: `user:${first.userId}` },
    { action: "adjustment.approved", actor: `user:${second.userId}` },
  ]);
});

test("of many who decide at once one wins, and the money moves once", async () => {
  const { adjustment } = await ask(-15_000);
  const others = [second, ...(await Promise.all(Array.from({ length: 5 }, () => makeStaff())))];
  const outcomes = await Promise.allSettled(
    others.map(({ ctx }, index) => (index % 3 === 2 ? declineAdjustment : approveAdjustment)(ctx, adjustment.id)),
  );
  const won = outcomes.filter((outcome) => outcome.status === "fulfilled");
  expect(won).toHaveLength(1);
  for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict" });
  const posted = won[0]?.value.status === "posted";
  expect(await balances(partnerId)).toEqual({ available: posted ? 5_000 : 20_000, held: 0 });
  expect(await audit(adjustment.id)).toHaveLength(2);
});

test("its author may take it back; then nobody can approve it", async () => {
  const { adjustment } = await ask(50_000);
  expect(await declineAdjustment(first.ctx, adjustment.id)).toMatchObject({ status: "declined", transferId: null });
  await expect(approveAdjustment(second.ctx, adjustment.id)).rejects.toMatchObject({
    code: "conflict",
    data: { status: "declined" },
  });
  expect(await balances(partnerId)).toEqual({ available: 20_000, held: 0 });
});

test("one that takes more than there is stays pending, and a small one is not kept at all", async () => {
  const { adjustment } = await ask(-20_001);
  await expect(approveAdjustment(second.ctx, adjustment.id)).rejects.toMatchObject({ code: "insufficient_funds" });
  expect((await listAdjustments(second.ctx, { limit: 10, partnerId, status: "pending" })).items).toMatchObject([
    { id: adjustment.id },
  ]);
  const poor = await makePartner({ fundsMinor: 0 });
  const small = { partnerId: poor.partnerId, currency: "USD", amountMinor: -1, reason: "Too much" };
  await expect(requestAdjustment(first.ctx, small, randomUUID())).rejects.toMatchObject({ code: "insufficient_funds" });
  expect((await listAdjustments(second.ctx, { limit: 10, partnerId: poor.partnerId })).items).toEqual([]);
});

test("a double click is one adjustment; the same key for another is refused", async () => {
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 6 }, () => ask(700, key)));
  expect(new Set(answers.map(({ adjustment }) => adjustment.id)).size).toBe(1);
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  expect(await balances(partnerId)).toEqual({ available: 20_700, held: 0 });
  await expect(ask(701, key)).rejects.toMatchObject({ code: "idempotency_key_reused" });
});

test("it needs a partner that exists and a wallet that it spends from", async () => {
  const input = { partnerId, currency: "JPY", amountMinor: 5, reason: "A slip of the keyboard" };
  await expect(requestAdjustment(first.ctx, input, randomUUID())).rejects.toMatchObject({ fields: [{ path: "currency" }] });
  const nobody = { ...input, partnerId: randomUUID(), currency: "USD" };
  await expect(requestAdjustment(first.ctx, nobody, randomUUID())).rejects.toMatchObject({ code: "not_found" });
});

test("support and partners may not; support may look", async () => {
  const { adjustment } = await ask(90_000);
  const [support, partner] = await Promise.all([makeStaff("support"), makePartner({ fundsMinor: 0 })]);
  for (const { ctx } of [support, partner]) {
    const input = { partnerId, currency: "USD", amountMinor: 5, reason: "Not allowed" };
    await expect(requestAdjustment(ctx, input, randomUUID())).rejects.toMatchObject({ code: "not_found" });
    await expect(approveAdjustment(ctx, adjustment.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(declineAdjustment(ctx, adjustment.id)).rejects.toMatchObject({ code: "not_found" });
  }
  expect((await listAdjustments(support.ctx, { limit: 1, partnerId })).items).toHaveLength(1);
  await expect(listAdjustments(partner.ctx, { limit: 1 })).rejects.toMatchObject({ code: "not_found" });
  await expect(approveAdjustment(second.ctx, "not-an-id")).rejects.toMatchObject({ code: "not_found" });
});

test("what somebody asked for who is no admin any more is not approved, and can be declined", async () => {
  const former = await makeStaff();
  const input = { partnerId, currency: "USD", amountMinor: 90_000, reason: "Asked for on the last day" };
  const { adjustment } = await requestAdjustment(former.ctx, input, randomUUID());
  await db().update(users).set({ staffRole: "support" }).where(eq(users.id, former.userId));
  await expect(approveAdjustment(second.ctx, adjustment.id)).rejects.toMatchObject({ code: "conflict" });
  expect(await declineAdjustment(second.ctx, adjustment.id)).toMatchObject({ status: "declined" });
});

test("the list pages through all of a partner's, newest first", async () => {
  const made = [];
  for (const amountMinor of [1, 2, 3, 4, 5]) made.push((await ask(amountMinor)).adjustment.id);
  const page = await listAdjustments(second.ctx, { limit: 3, partnerId });
  const rest = await listAdjustments(second.ctx, { limit: 3, partnerId, cursor: page.nextCursor ?? undefined });
  expect([...page.items, ...rest.items].map(({ id }) => id).sort()).toEqual([...made].sort());
  expect([page.items.length, rest.items.length, rest.nextCursor]).toEqual([3, 2, null]);
});

import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { auditLog, dispatches } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { newId } from "@/lib/ids";
import { placeOrder } from "@/lib/orders";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import { claimOrder } from "@/local/testing/claim-order";
import { makePartner, makeProduct, oneCard } from "@/local/testing/factories";
import { askAgain } from "./ask-again";
import { getStuck } from "./get-stuck";
import { loadFacts } from "./load-facts";
import { ASK_AGAIN_SECONDS } from "./stuck.schemas";

const staff = (role: "admin" | "support" = "admin"): Ctx => ({
  actor: { kind: "staff", userId: randomUUID(), role },
  requestId: newId(),
  from: { ipAddress: null, userAgent: null },
});

async function openDispatch(): Promise<string> {
  const { ctx } = await makePartner();
  const placed = await placeOrder(ctx, oneCard(await makeProduct()), randomUUID());
  const id = await claimOrder(orderAcceptedSchema.parse(JSON.parse(placed.body)).id);
  if (!id) throw new Error("The order of this test was claimed by somebody else");
  return id;
}

const audited = (id: string) =>
  db()
    .select()
    .from(auditLog)
    .where(eq(auditLog.subject, `dispatch:${id}`));

async function eventsFor(id: string): Promise<number> {
  const { rows } = await db().execute<{ count: number }>(
    sql`select count(*)::int as count from outbox where name = 'dispatches/stalled' and data ->> 'dispatchId' = ${id}`,
  );
  return rows[0]?.count ?? 0;
}

test("of people who press at once one is heard: one hint, one event, one line in the audit", async () => {
  const id = await openDispatch();
  const ctx = staff();
  const answers = await Promise.allSettled(Array.from({ length: 6 }, () => askAgain(ctx, id)));
  const refused = answers.filter((answer) => answer.status === "rejected");
  expect(refused).toHaveLength(5);
  for (const { reason } of refused) {
    expect(reason).toMatchObject({ code: "conflict", message: expect.stringMatching(/Ask again in (29|30) s/) });
    expect(Date.parse(reason.data.nextAllowedAt)).toBeGreaterThan(Date.now() + (ASK_AGAIN_SECONDS - 10) * 1_000);
  }
  expect((await loadFacts(id)).facts.hinted).toBe(true);
  expect(await eventsFor(id)).toBe(1);
  const userId = ctx.actor.kind === "staff" ? ctx.actor.userId : "";
  expect(await audited(id)).toMatchObject([{ action: "dispatch.asked_again", actor: `user:${userId}` }]);
});

test("after half a minute it may be asked again; until then the evidence says how long", async () => {
  const id = await openDispatch();
  await askAgain(staff(), id);
  expect((await getStuck(staff(), id)).askInSeconds).toBeGreaterThan(ASK_AGAIN_SECONDS - 10);
  await db().execute(
    sql`update dispatches set asked_at = asked_at - make_interval(secs => ${ASK_AGAIN_SECONDS}) where id = ${id}`,
  );
  expect((await getStuck(staff(), id)).askInSeconds).toBe(0);
  await askAgain(staff(), id);
  expect(await eventsFor(id)).toBe(2);
});

test("a callback does not keep a person from asking", async () => {
  const id = await openDispatch();
  await db().execute(sql`update dispatches set hinted_at = now() where id = ${id}`);
  await expect(askAgain(staff(), id)).resolves.toMatchObject({ id });
});

test("what is over is not asked about", async () => {
  const id = await openDispatch();
  await db().update(dispatches).set({ status: "rejected", settledAt: new Date() }).where(eq(dispatches.id, id));
  await expect(askAgain(staff(), id)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("is over") });
  expect(await audited(id)).toEqual([]);
  expect(await eventsFor(id)).toBe(0);
});

test("support may look and not ask; unknown ids are not found", async () => {
  const id = await openDispatch();
  await expect(askAgain(staff("support"), id)).rejects.toMatchObject({ code: "not_found" });
  expect((await loadFacts(id)).facts.hinted).toBe(false);
  await expect(askAgain(staff(), randomUUID())).rejects.toMatchObject({ code: "not_found" });
  await expect(askAgain(staff(), "nonsense")).rejects.toMatchObject({ code: "not_found" });
});

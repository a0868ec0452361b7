import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { alerts, auditLog, users } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { makePartner } from "@/local/testing/factories";
import { acknowledgeAlert } from "./acknowledge-alert";
import { raiseAlert } from "./raise-alert";
import { resolveAlert } from "./resolve-alert";

async function staff(role: "admin" | "support" = "admin"): Promise<{ ctx: Ctx; userId: string; name: string }> {
  const userId = randomUUID();
  const name = `Staff ${userId}`;
  await db()
    .insert(users)
    .values({ id: userId, name, email: `${userId}@example.com`, staffRole: role });
  return {
    ctx: { actor: { kind: "staff", userId, role }, requestId: "test", from: { ipAddress: null, userAgent: null } },
    userId,
    name,
  };
}

async function raised(kind: string) {
  const subject = `test:${randomUUID()}`;
  await raiseAlert(db(), { kind, severity: "warning", subject, title: "It happened" });
  const [row] = await db().select({ id: alerts.id }).from(alerts).where(eq(alerts.subject, subject));
  if (!row) throw new Error("The alert of this test was not raised");
  return { id: row.id, kind, subject };
}

const audited = (id: string) =>
  db()
    .select()
    .from(auditLog)
    .where(eq(auditLog.subject, `alert:${id}`));

test("of admins who press at once one is named, with one line in the audit; the alert stays open until its cause is gone", async () => {
  const alert = await raised("test.happened");
  const people = await Promise.all(Array.from({ length: 5 }, () => staff()));
  const answers = await Promise.all(people.map(({ ctx }) => acknowledgeAlert(ctx, alert.id)));
  const names = new Set(answers.map(({ acknowledgedBy }) => acknowledgedBy));
  expect(names.size).toBe(1);
  const first = people.find(({ name }) => names.has(name));
  expect(answers[0]).toMatchObject({ resolvedAt: null, closedByHand: false });
  const written = await audited(alert.id);
  expect(written).toMatchObject([{ action: "alert.acknowledged", actor: `user:${first?.userId}`, partnerId: null }]);
  expect(written[0]?.detail).toEqual({ kind: "test.happened", about: alert.subject, times: 1, requestId: "test" });
  expect(await resolveAlert(db(), alert)).toBe(true);
});

test.each(["cards.duplicate", "cards.unordered", "dispatch.placed_after_rejection"])(
  "%s is closed by acknowledging it, once; should it happen again, that is a new alert",
  async (kind) => {
    const alert = await raised(kind);
    const { ctx, name } = await staff();
    const closed = await acknowledgeAlert(ctx, alert.id);
    expect(closed).toMatchObject({ closedByHand: true, acknowledgedBy: name, resolvedAt: closed.acknowledgedAt });
    expect(closed.resolvedAt).not.toBeNull();
    expect(await acknowledgeAlert((await staff()).ctx, alert.id)).toEqual(closed);
    expect(await audited(alert.id)).toMatchObject([{ action: "alert.closed" }]);
    const again = { kind, severity: "warning", subject: alert.subject, title: "Again" } as const;
    expect(await raiseAlert(db(), again)).toEqual({ first: true });
    expect(await resolveAlert(db(), alert)).toBe(true);
  },
);

test("one that is over is nobody's to acknowledge any more", async () => {
  const alert = await raised("test.happened");
  await resolveAlert(db(), alert);
  expect(await acknowledgeAlert((await staff()).ctx, alert.id)).toMatchObject({ acknowledgedAt: null, acknowledgedBy: null });
  expect(await audited(alert.id)).toEqual([]);
});

describe("whoever may not", () => {
  test("is told that there is no such thing, and changes nothing", async () => {
    const alert = await raised("cards.duplicate");
    const { ctx: member } = await makePartner({ fundsMinor: 0 });
    for (const ctx of [member, (await staff("support")).ctx])
      await expect(acknowledgeAlert(ctx, alert.id)).rejects.toMatchObject({ code: "not_found" });
    expect(await db().select().from(alerts).where(eq(alerts.id, alert.id))).toMatchObject([
      { acknowledgedAt: null, resolvedAt: null },
    ]);
    expect(await audited(alert.id)).toEqual([]);
    expect(await resolveAlert(db(), alert)).toBe(true);
  });

  test("an id that is none", async () => {
    const { ctx } = await staff();
    for (const id of ["", "nonsense", randomUUID()])
      await expect(acknowledgeAlert(ctx, id)).rejects.toMatchObject({ code: "not_found" });
  });
});

import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { alerts } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { makePartner } from "@/local/testing/factories";
import { listAlerts } from "./list-alerts";
import { raiseAlert } from "./raise-alert";
import { resolveAlert } from "./resolve-alert";

const support: Ctx = {
  actor: { kind: "staff", userId: "nobody", role: "support" },
  requestId: "test",
  from: { ipAddress: null, userAgent: null },
};
const about = () => ({ kind: "test.happened", severity: "warning" as const, subject: `test:${randomUUID()}`, title: "First" });
const rowsOf = (subject: string) => db().select().from(alerts).where(eq(alerts.subject, subject));

test("an open alert is one row that counts, however many raise it at once, and keeps the newest words", async () => {
  const alert = about();
  const raised = await Promise.all(Array.from({ length: 12 }, () => raiseAlert(db(), alert)));
  expect(raised.filter(({ first }) => first)).toHaveLength(1);
  await raiseAlert(db(), { ...alert, severity: "critical", title: "Second", detail: { count: 2 } });
  const rows = await rowsOf(alert.subject);
  expect(rows).toMatchObject([{ times: 13, severity: "critical", title: "Second", detail: { count: 2 }, resolvedAt: null }]);
  expect(rows[0]?.lastSeenAt.getTime()).toBeGreaterThanOrEqual(rows[0]?.createdAt.getTime() ?? Number.POSITIVE_INFINITY);
});

test("resolving ends it once; the next time is a new alert", async () => {
  const alert = about();
  await raiseAlert(db(), alert);
  expect(await resolveAlert(db(), alert)).toBe(true);
  expect(await resolveAlert(db(), alert)).toBe(false);
  expect(await raiseAlert(db(), alert)).toEqual({ first: true });
  expect((await rowsOf(alert.subject)).map(({ resolvedAt }) => resolvedAt === null).sort()).toEqual([false, true]);
});

test("an alert raised in a transaction that fails was never there", async () => {
  const alert = about();
  const failed = db().transaction(async (tx) => {
    await raiseAlert(tx, alert);
    throw new Error("undone");
  });
  await expect(failed).rejects.toThrow("undone");
  expect(await rowsOf(alert.subject)).toEqual([]);
});

test("the list pages through open ones first, each once, for staff only", async () => {
  const all = Array.from({ length: 5 }, about);
  for (const alert of all) await raiseAlert(db(), alert);
  for (const alert of all.slice(0, 2)) await resolveAlert(db(), alert);
  const seen: { subject: string; open: boolean }[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 50; page++) {
    const { items, nextCursor } = await listAlerts(support, { limit: 2, cursor });
    seen.push(...items.map(({ subject, resolvedAt }) => ({ subject, open: resolvedAt === null })));
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  const mine = seen.filter(({ subject }) => all.some((alert) => alert.subject === subject));
  expect(mine.map(({ subject }) => subject).sort()).toEqual(all.map(({ subject }) => subject).sort());
  expect(mine.map(({ open }) => open)).toEqual([true, true, true, false, false]);
  const { ctx } = await makePartner({ fundsMinor: 0 });
  await expect(listAlerts(ctx, { limit: 2 })).rejects.toMatchObject({ code: "not_found" });
});

import { and, eq, isNull, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db, type Transaction } from "@/drizzle/client";
import { alerts, breakerChanges } from "@/drizzle/schema";
import { redis } from "@/lib/redis";
import { asOwner } from "@/local/testing/factories";
import { breakerEntries } from "./breaker-entries";
import { catchUpBreakers } from "./catch-up-breakers";
import { recordBreakerChange } from "./record-breaker-change";

const openAlerts = (endpoint: string) =>
  db()
    .select()
    .from(alerts)
    .where(and(eq(alerts.subject, `supplier:${endpoint}`), isNull(alerts.resolvedAt)));
const changesOf = async (endpoint: string) =>
  (await db().select().from(breakerChanges).where(eq(breakerChanges.endpoint, endpoint)).orderBy(breakerChanges.id)).map(
    ({ change }) => change,
  );

/** What happened to the supplier is one history for all orders; what a test makes of it is undone, so that no other sees it. */
async function undone(work: (tx: Transaction) => Promise<void>): Promise<void> {
  const end = new Error("undone");
  const run = db().transaction(async (tx) => {
    await work(tx);
    throw end;
  });
  await expect(run).rejects.toBe(end);
}

/** Seconds of a day long before the other tests. */
const epochMs = Date.parse("2020-01-01T00:00:00Z");
const at = (seconds: number) => new Date(epochMs + seconds * 1_000);
const history = (tx: Transaction, endpoint: string, changes: readonly (readonly ["opened" | "closed", Date])[]) =>
  tx.insert(breakerChanges).values(changes.map(([change, time]) => ({ endpoint, change, failures: 5, at: time })));

test("a change told by ten at once is written once, with one alert, which the closing ends", async () => {
  const opened = await Promise.all(Array.from({ length: 10 }, () => recordBreakerChange("exchangeRates", "opened", 5)));
  expect(opened.filter(Boolean)).toHaveLength(1);
  expect(await openAlerts("exchangeRates")).toMatchObject([{ kind: "supplier.breaker_open", severity: "warning", times: 1 }]);
  const closed = await Promise.all(Array.from({ length: 10 }, () => recordBreakerChange("exchangeRates", "closed", 0)));
  expect(closed.filter(Boolean)).toHaveLength(1);
  expect(await changesOf("exchangeRates")).toEqual(["opened", "closed"]);
  expect(await openAlerts("exchangeRates")).toEqual([]);
});

test("an endpoint that purchases need is critical; a closing that nothing preceded is no change", async () => {
  await recordBreakerChange("getOrder", "opened", 5);
  expect(await openAlerts("getOrder")).toMatchObject([{ severity: "critical" }]);
  await recordBreakerChange("getOrder", "closed", 0);
  expect(await openAlerts("getOrder")).toEqual([]);
  expect(await recordBreakerChange("getOrder", "closed", 0)).toBe(false);
});

test("an order shows the changes that it waited through, in order, and what stood when its wait began", () =>
  undone(async (tx) => {
    const placing = [
      ["opened", at(0)],
      ["closed", at(20)],
      ["opened", at(30)],
      ["closed", at(40)],
      ["opened", at(90)],
    ] as const;
    const reading = [
      ["opened", at(35)],
      ["closed", at(45)],
      ["opened", at(55)],
      ["closed", at(60)],
      ["opened", at(75)],
    ] as const;
    await history(tx, "placeOrder", placing);
    await history(tx, "getOrder", reading);
    const entries = await breakerEntries(tx, { createdAt: at(10), claimedAt: at(28), placedAt: at(50), settledAt: at(70) });
    expect(entries.map(({ kind, at: time }) => [kind, (Date.parse(time) - epochMs) / 1_000])).toEqual([
      ["supplier_wait", 10],
      ["supplier_answers", 20],
      ["supplier_wait", 30],
      ["supplier_answers", 40],
      ["supplier_wait", 55],
      ["supplier_answers", 60],
    ]);
    expect(entries[0]?.detail).toContain("can be cancelled");
    expect(entries[2]?.detail).not.toContain("cancelled");
    const quiet = await breakerEntries(tx, { createdAt: at(41), claimedAt: null, placedAt: null, settledAt: at(80) });
    expect(quiet).toEqual([]);
    const during = await breakerEntries(tx, { createdAt: at(95), claimedAt: null, placedAt: null, settledAt: at(96) });
    expect(during).toMatchObject([{ kind: "supplier_wait", at: at(95).toISOString() }]);
  }));

test("a change that nobody wrote down is caught up with, after the one who saw it had the time to", async () => {
  await redis().hset("breaker:ordersReport", { openUntil: Date.now() + 60_000, failures: 6, since: Date.now() });
  await catchUpBreakers();
  expect(await changesOf("ordersReport")).toEqual(["opened"]);
  expect(await openAlerts("ordersReport")).toMatchObject([{ detail: { failures: 6 } }]);
  await redis().del("breaker:ordersReport");
  await catchUpBreakers();
  expect(await changesOf("ordersReport"), "too soon").toEqual(["opened"]);
  await asOwner((owner) =>
    owner.execute(sql`update breaker_changes set at = at - interval '1 minute' where endpoint = 'ordersReport'`),
  );
  await catchUpBreakers();
  expect(await changesOf("ordersReport")).toEqual(["opened", "closed"]);
  expect(await openAlerts("ordersReport")).toEqual([]);
});

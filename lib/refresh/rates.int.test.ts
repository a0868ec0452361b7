import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { alerts, auditLog, outbox, rateSnapshots, users } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { sleep } from "@/lib/clock";
import { loadPriceList } from "@/lib/pricing";
import { makePartner, sandbox, type TestPartner } from "@/local/testing/factories";
import { useOwnDatabase } from "@/local/testing/own-database";
import { acceptRates } from "./accept-rates";
import { keepRates } from "./keep-rates";
import { readRates } from "./read-rates";
import { refreshRates } from "./refresh-rates";

const MAX_TRIES = 10;
/** The hour would move them, and it may change meanwhile. */
const HELD = { EUR: 0.9, GBP: 0.75 };

let endDatabase: () => Promise<void>;
let admin: Ctx;
let partner: TestPartner;

beforeAll(async () => {
  endDatabase = await useOwnDatabase();
  partner = await makePartner();
  admin = await staff("admin");
  for (const [currency, perUsd] of Object.entries(HELD)) await sandbox().setRate(currency, perUsd);
});

afterAll(async () => {
  for (const currency of [...Object.keys(HELD), "AED"]) await sandbox().setRate(currency, null);
  await sandbox().setModes({ rateDirection: "documented" });
  await endDatabase();
});

async function staff(role: "admin" | "support"): Promise<Ctx> {
  const userId = randomUUID();
  await db()
    .insert(users)
    .values({ id: userId, name: `The ${role}`, email: `${userId}@example.com`, staffRole: role });
  return { actor: { kind: "staff", userId, role }, requestId: "test", from: { ipAddress: null, userAgent: null } };
}

/** As the durable function does. */
async function read() {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const told = await refreshRates();
    if (told.kind !== "later") return told;
    await sleep(told.waitMs);
  }
  throw new Error("The sandbox kept the rates back");
}

/** What the partner pays in USD for 50 of each currency, at 5 % off. */
async function prices() {
  const list = await loadPriceList(db(), partner.partnerId);
  const product = {
    productId: 1,
    brandId: "1",
    categoryIds: [],
    faceMinMinor: 5_000,
    faceMaxMinor: 5_000,
    costMin: "40",
    costMax: "40",
  };
  return ["EUR", "GBP", "AED"].map((currency) => {
    const told = list.price({ ...product, faceCurrency: currency, costCurrency: currency }, 5_000);
    return told.kind === "price" ? told.unitPriceMinor : told.kind;
  });
}

const rows = () => db().select().from(rateSnapshots).orderBy(rateSnapshots.createdAt);
const openAlert = () =>
  db()
    .select()
    .from(alerts)
    .where(and(eq(alerts.kind, "rates.refused"), isNull(alerts.resolvedAt)));
const newest = async () => {
  const row = (await rows()).at(-1);
  if (!row) throw new Error("No list of rates was kept");
  return row;
};

/** The first list, with a difference. */
async function listed(over: Record<string, string> = {}) {
  const [first] = await rows();
  return { base: "USD", perBase: { ...first?.rates, ...over } };
}

test("a list that comes upside down prices nothing differently", async () => {
  expect(await read()).toMatchObject({ kind: "stored", turnedOver: false });
  const before = await prices();
  expect(before).toEqual([5_278, 6_333, 1_293]);
  expect(await read()).toEqual({ kind: "unchanged" });
  const [first, ...others] = await rows();
  expect(others).toEqual([]);
  expect(first?.lastSeenAt.getTime()).toBeGreaterThan(first?.createdAt.getTime() ?? Number.POSITIVE_INFINITY);
  await sandbox().setModes({ rateDirection: "inverse" });
  expect(await read()).toMatchObject({ kind: "stored", turnedOver: true });
  expect(await prices()).toEqual(before);
  await sandbox().setModes({ rateDirection: "documented" });
  expect(await read()).toMatchObject({ kind: "stored", turnedOver: false });
  expect(await prices()).toEqual(before);
});

test("a list that lost a peg changes no price: kept once, an alert counts, and the next good one ends it", async () => {
  const before = await prices();
  const kept = (await rows()).length;
  await sandbox().setRate("AED", 4.1);
  for (let times = 1; times <= 2; times++) {
    expect(await read()).toMatchObject({ kind: "refused", why: expect.stringContaining("AED is 4.1") });
    expect(await openAlert()).toMatchObject([{ times, severity: "warning", title: expect.stringContaining("AED is 4.1") }]);
  }
  expect((await rows()).slice(kept)).toMatchObject([{ status: "refused", refusedBecause: expect.stringContaining("AED") }]);
  expect(await prices()).toEqual(before);
  await sandbox().setRate("AED", null);
  expect(await read()).toEqual({ kind: "unchanged" });
  expect(await openAlert()).toEqual([]);
});

test("an admin's word puts a refused list in use, once, and later lists follow it", async () => {
  await keepRates(await listed());
  expect(await keepRates(await listed({ GBP: "0.5" }))).toMatchObject({
    kind: "refused",
    why: expect.stringContaining("GBP by -33.3 %"),
  });
  const { id, createdAt } = await newest();
  const accepted = await acceptRates(admin, id);
  expect(accepted).toMatchObject({ id, status: "used", acceptedBy: "The admin", refusedBecause: expect.stringContaining("GBP") });
  expect(await acceptRates(await staff("admin"), id)).toEqual(accepted);
  expect(
    await db()
      .select()
      .from(auditLog)
      .where(eq(auditLog.subject, `rates:${id}`)),
  ).toMatchObject([{ action: "rates.accepted", detail: { requestId: "test" } }]);
  expect(await openAlert()).toEqual([]);
  expect((await prices())[1]).toBe(9_500);
  const view = await readRates(admin);
  expect(view.current).toMatchObject({ id, stale: false, createdAt: createdAt.toISOString() });
  expect(view.current?.rates).toContainEqual({ currency: "GBP", perBase: "0.5", moveBasisPoints: -3_333 });
  expect(view.history[0]).toEqual(accepted);
  expect(await keepRates(await listed({ GBP: "0.5" }))).toEqual({ kind: "unchanged" });
});

test("a list that the supplier has taken back, or that has no direction, is nobody's to accept", async () => {
  await keepRates(await listed({ GBP: "0.5" }));
  const before = await prices();
  await keepRates(await listed({ GBP: "0.9" }));
  const overtaken = await newest();
  expect(await keepRates(await listed({ GBP: "0.5" }))).toEqual({ kind: "unchanged" });
  await expect(acceptRates(admin, overtaken.id)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("other rates"),
  });
  await keepRates(await listed({ GBP: "0.9" }));
  expect((await newest()).id).not.toBe(overtaken.id);
  await expect(acceptRates(admin, overtaken.id)).rejects.toMatchObject({ code: "conflict" });
  await keepRates({ base: "USD", perBase: { EUR: "0.9", GBP: "0.5", AED: "1" } });
  await expect(acceptRates(admin, (await newest()).id)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("neither direction"),
  });
  expect(await prices()).toEqual(before);
});

test("a rate that comes back after it was missing is held to what it was", async () => {
  const { base, perBase } = await listed({ GBP: "0.5" });
  const { GBP: pound = "", ...without } = perBase;
  await keepRates({ base, perBase });
  expect(await keepRates({ base, perBase: without })).toMatchObject({ kind: "stored" });
  expect(await keepRates({ base, perBase: { ...without, GBP: String(Number(pound) / 10) } })).toMatchObject({
    kind: "refused",
    why: expect.stringContaining("GBP by -90.0 %"),
  });
  expect(await keepRates({ base, perBase })).toMatchObject({ kind: "stored" });
});

test("many at once keep one list", async () => {
  const kept = (await rows()).length;
  const sent = await listed({ GBP: "0.55" });
  const events = async () => (await db().select().from(outbox).where(eq(outbox.name, "prices/changed"))).length;
  const toldBefore = await events();
  const told = await Promise.all(Array.from({ length: 8 }, () => keepRates(sent)));
  expect((await events()) - toldBefore).toBe(1);
  expect(told.filter(({ kind }) => kind === "stored")).toHaveLength(1);
  expect((await rows()).length).toBe(kept + 1);
});

test("whoever may not, is told that there is no such thing", async () => {
  await keepRates(await listed({ GBP: "2" }));
  const { id } = await newest();
  for (const ctx of [partner.ctx, await staff("support")])
    await expect(acceptRates(ctx, id)).rejects.toMatchObject({ code: "not_found" });
  for (const none of ["nonsense", randomUUID()])
    await expect(acceptRates(admin, none)).rejects.toMatchObject({ code: "not_found" });
  await expect(readRates(partner.ctx)).rejects.toMatchObject({ code: "not_found" });
  expect((await readRates(await staff("support"))).history[0]).toMatchObject({ id, status: "refused", acceptedBy: null });
});

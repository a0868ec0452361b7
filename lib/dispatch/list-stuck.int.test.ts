import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { attempts, dispatches, supplierCalls } from "@/drizzle/schema";
import type { Ctx } from "@/lib/auth";
import { newId } from "@/lib/ids";
import { placeOrder } from "@/lib/orders";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import { claimOrder } from "@/local/testing/claim-order";
import { makePartner, makeProduct, oneCard, type TestPartner } from "@/local/testing/factories";
import { getStuck } from "./get-stuck";
import { listStuck } from "./list-stuck";
import type { StuckItem } from "./stuck.schemas";

const MINUTE_MS = 60_000;
const PAGES_AT_MOST = 100;

const staff = (role: "admin" | "support" = "support"): Ctx => ({
  actor: { kind: "staff", userId: randomUUID(), role },
  requestId: newId(),
  from: { ipAddress: null, userAgent: null },
});

const ago = (ms: number) => new Date(Date.now() - ms);

async function openDispatch(partner: TestPartner, quantity = 1): Promise<{ id: string; number: string }> {
  const placed = await placeOrder(partner.ctx, oneCard(await makeProduct(), quantity), randomUUID());
  const order = orderAcceptedSchema.parse(JSON.parse(placed.body));
  const id = await claimOrder(order.id);
  if (!id) throw new Error("The order of this test was claimed by somebody else");
  return { id, number: order.number };
}

const change = (id: string, values: Partial<typeof dispatches.$inferInsert>) =>
  db().update(dispatches).set(values).where(eq(dispatches.id, id));

const attempt = (dispatchId: string, values: Partial<typeof attempts.$inferInsert>, number = 1) =>
  db()
    .insert(attempts)
    .values({ id: newId(), dispatchId, number, ...values });

/** Every page: other suites have purchases in doubt of their own. */
async function all(limit: number): Promise<StuckItem[]> {
  const items: StuckItem[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_AT_MOST; page++) {
    const answer = await listStuck(staff(), { limit, cursor });
    items.push(...answer.items);
    if (answer.nextCursor === null) return items;
    cursor = answer.nextCursor;
  }
  throw new Error("The list does not end");
}

test("what is unclear or overdue is listed, longest first, on pages that neither skip nor repeat; the rest is not", async () => {
  const partner = await makePartner();
  const [fresh, doubtful, silent, inFlight, late, handedOver, over] = await Promise.all(
    Array.from({ length: 7 }, async () => (await openDispatch(partner)).id),
  );
  if (!fresh || !doubtful || !silent || !inFlight || !late || !handedOver || !over) throw new Error("Seven were made");
  await change(doubtful, { inDoubtSince: ago(5 * MINUTE_MS) });
  await attempt(silent, { startedAt: ago(3 * MINUTE_MS) });
  await attempt(inFlight, { startedAt: ago(MINUTE_MS / 2) });
  await change(late, { status: "placed", placedAt: ago(20 * MINUTE_MS) });
  // A process that ended in the middle of a POST leaves such an attempt behind; the purchase was found all the same.
  await change(fresh, { status: "placed", placedAt: ago(MINUTE_MS) });
  await attempt(fresh, { startedAt: ago(2 * MINUTE_MS) });
  await change(handedOver, { escalatedAt: ago(4 * MINUTE_MS) });
  await change(over, { status: "rejected", settledAt: new Date(), inDoubtSince: ago(MINUTE_MS) });

  const mine = new Set([fresh, doubtful, silent, inFlight, late, handedOver, over]);
  const listed = (await all(2)).filter(({ id }) => mine.has(id)).map(({ id }) => id);
  expect(listed).toEqual([late, doubtful, handedOver, silent]);
});

test("a row says for whom it buys, what they pay, and what the supplier told last", async () => {
  const partner = await makePartner();
  const { id, number } = await openDispatch(partner, 3);
  await attempt(id, { startedAt: ago(3 * MINUTE_MS), finishedAt: ago(2 * MINUTE_MS), outcome: "unknown", reason: "HTTP 502" });
  await change(id, { inDoubtSince: ago(2 * MINUTE_MS), reads: 0 });
  const item = (await all(50)).find((row) => row.id === id);
  expect(item).toMatchObject({
    status: "prepared",
    cards: 3,
    sums: [{ amountMinor: 2_850, currency: "USD" }],
    orders: [{ number, partner: `Partner ${partner.partnerId}` }],
    orderCount: 1,
    attempts: 1,
    escalatedAt: null,
    lastAnswer: expect.stringContaining("HTTP 502"),
  });
  expect(item?.ageSeconds).toBeGreaterThanOrEqual(119);
  await change(id, { lastReadAt: ago(MINUTE_MS), lastReadResult: "not_found", reads: 1 });
  expect((await all(50)).find((row) => row.id === id)?.lastAnswer).toMatch(/did not find it/);
});

test("the evidence holds every attempt and read, the body as posted, who gets what, and what happens next", async () => {
  const partner = await makePartner();
  const { id, number } = await openDispatch(partner, 2);
  const sentAt = ago(5 * MINUTE_MS);
  await attempt(id, { startedAt: sentAt, finishedAt: ago(4 * MINUTE_MS), outcome: "unknown", reason: "cut" });
  await attempt(id, { startedAt: ago(3 * MINUTE_MS) }, 2);
  await change(id, { inDoubtSince: ago(4 * MINUTE_MS) });
  await db()
    .insert(supplierCalls)
    .values([
      { endpoint: "placeOrder", outcome: "unknown", httpStatus: null, durationMs: 9, dispatchId: id },
      { endpoint: "getOrder", outcome: "not_found", httpStatus: 400, durationMs: 12, dispatchId: id },
    ]);
  const found = await getStuck(staff(), id.toUpperCase());
  const [row] = await db().select().from(dispatches).where(eq(dispatches.id, id));
  expect(found).toMatchObject({
    id,
    inDoubt: true,
    body: row?.body,
    attempts: [
      { number: 1, startedAt: sentAt.toISOString(), outcome: "unknown", reason: "cut" },
      { number: 2, outcome: null, endedAt: null },
    ],
    reads: [{ outcome: "not_found", httpStatus: 400, durationMs: 12 }],
    next: { action: "ask", at: null },
    askInSeconds: 0,
  });
  expect(found.products).toMatchObject([
    { quantity: 2, allocations: [{ number, quantity: 2, total: { amountMinor: 1_900, currency: "USD" } }] },
  ]);
  expect(found.advice.join(" ")).toContain("RequestId");
});

test("what is over still shows its evidence, and nothing left to ask", async () => {
  const { id } = await openDispatch(await makePartner());
  await change(id, { status: "rejected", rejection: "ProductIsOutOfStock", settledAt: new Date() });
  expect(await getStuck(staff(), id)).toMatchObject({
    inDoubt: false,
    since: null,
    rejection: "ProductIsOutOfStock",
    next: { action: "done", at: null },
    askInSeconds: null,
  });
});

test("it is for staff, and an id that is not there is not found", async () => {
  const { ctx } = await makePartner();
  await expect(listStuck(ctx, { limit: 1 })).rejects.toMatchObject({ code: "not_found" });
  await expect(getStuck(ctx, randomUUID())).rejects.toMatchObject({ code: "not_found" });
  await expect(getStuck(staff("admin"), randomUUID())).rejects.toMatchObject({ code: "not_found" });
  await expect(getStuck(staff("admin"), "nonsense")).rejects.toMatchObject({ code: "not_found" });
});

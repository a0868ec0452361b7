import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { dispatches, orderLines } from "@/drizzle/schema";
import { placeOrder } from "@/lib/orders";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import { asOwner, makePartner, makeProduct } from "@/local/testing/factories";
import { claimed } from "@/local/testing/model/purchases";
import { claimLines } from "./claim-lines";
import { findStalled } from "./find-stalled";
import { hintDispatch } from "./hint-dispatch";
import { loadFacts } from "./load-facts";

const openDispatch = async (): Promise<string> => (await claimed(1)).dispatchId;

const change = (id: string, values: Partial<typeof dispatches.$inferInsert>) =>
  db().update(dispatches).set(values).where(eq(dispatches.id, id));

const isStalled = async (id: string) =>
  (await findStalled()).some((event) => event.name === "dispatches/stalled" && event.data.dispatchId === id);

test("a hint is a fact until a read is later than it", async () => {
  const id = await openDispatch();
  expect((await loadFacts(id)).facts.hinted).toBe(false);
  expect(await hintDispatch(id)).toBe(true);
  expect((await loadFacts(id)).facts.hinted).toBe(true);
  await db().execute(
    sql`update dispatches set last_read_at = clock_timestamp() + interval '1 second', last_read_result = 'open' where id = ${id}`,
  );
  expect((await loadFacts(id)).facts.hinted).toBe(false);
});

test("the sweep finds a hint whose event was lost, long before the next check was due", async () => {
  const id = await openDispatch();
  await change(id, { nextCheckAt: new Date(Date.now() + 3_600_000) });
  await hintDispatch(id);
  expect(await isStalled(id)).toBe(false);
  await db().execute(sql`update dispatches set next_check_at = next_check_at - interval '2 minutes' where id = ${id}`);
  expect(await isStalled(id)).toBe(true);
});

test("an unknown id, no id at all, and a purchase that is over change nothing", async () => {
  const id = await openDispatch();
  await change(id, { status: "rejected", settledAt: new Date(), rejection: "ProductIsOutOfStock" });
  expect(await hintDispatch(id)).toBe(false);
  expect(await hintDispatch(randomUUID())).toBe(false);
  expect(await hintDispatch("' or true --")).toBe(false);
  const [row] = await db().select().from(dispatches).where(eq(dispatches.id, id));
  expect(row?.hintedAt).toBeNull();
});

test("the first call is remembered as the time that the purchase took, whatever is hinted later", async () => {
  const id = await openDispatch();
  const calledBackAt = async () => (await db().select().from(dispatches).where(eq(dispatches.id, id)))[0]?.calledBackAt;
  expect(await calledBackAt()).toBeNull();
  await hintDispatch(id);
  const first = await calledBackAt();
  expect(first).toBeInstanceOf(Date);
  await db().execute(sql`select pg_sleep(0.01)`);
  await hintDispatch(id);
  expect(await calledBackAt()).toEqual(first);
});

test("the sweep finds an order of which only a part was claimed", async () => {
  const { ctx } = await makePartner();
  const lines = [await makeProduct(), await makeProduct(), await makeProduct()].map((productId) => ({
    productId,
    faceMinor: 1_000,
    quantity: 1,
  }));
  const { body } = await placeOrder(ctx, { lines }, randomUUID());
  const orderId = orderAcceptedSchema.parse(JSON.parse(body)).id;
  const ofOrder = eq(orderLines.orderId, orderId);
  const [first, ...rest] = await db().select().from(orderLines).where(ofOrder);
  if (!first) throw new Error("The order has no lines");
  await claimLines([{ ...first, queuedAtMs: first.queuedAt.getTime() }]);
  // Before anything of other suites that waits as well: one is named for all.
  await asOwner((owner) => owner.update(orderLines).set({ queuedAt: sql`now() - interval '10 years'` }).where(ofOrder));
  const nudges = async () => (await findStalled()).filter(({ name }) => name === "orders/queued");
  expect(await nudges()).toEqual([{ name: "orders/queued", data: { orderId } }]);
  await claimLines(rest.map((line) => ({ ...line, queuedAtMs: line.queuedAt.getTime() })));
  expect(await nudges()).not.toContainEqual({ name: "orders/queued", data: { orderId } });
});

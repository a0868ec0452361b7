import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { dispatches } from "@/drizzle/schema";
import { placeOrder } from "@/lib/orders";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import { makePartner, makeProduct, oneCard } from "@/local/testing/factories";
import { claimOrder } from "./claim-order";
import { findStalled } from "./find-stalled";
import { hintDispatch } from "./hint-dispatch";
import { loadFacts } from "./load-facts";

async function openDispatch(): Promise<string> {
  const { ctx } = await makePartner();
  const placed = await placeOrder(ctx, oneCard(await makeProduct()), randomUUID());
  const dispatchId = await claimOrder(orderAcceptedSchema.parse(JSON.parse(placed.body)).id);
  if (!dispatchId) throw new Error("The order of this test was claimed by somebody else");
  return dispatchId;
}

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

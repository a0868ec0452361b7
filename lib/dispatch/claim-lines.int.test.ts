import { randomUUID } from "node:crypto";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { allocations, dispatches, dispatchLines, orderLines } from "@/drizzle/schema";
import { cancelOrder, getOrder, placeOrder } from "@/lib/orders";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import { makePartner, makeProduct, type TestPartner } from "@/local/testing/factories";
import { claimLines } from "./claim-lines";
import { loadWaiting } from "./load-waiting";
import type { WaitingLine } from "./plan-dispatch";

async function place({ ctx }: TestPartner, wanted: readonly [productId: number, quantity: number][]): Promise<string> {
  const lines = wanted.map(([productId, quantity]) => ({ productId, faceMinor: 1_000, quantity }));
  return orderAcceptedSchema.parse(JSON.parse((await placeOrder(ctx, { lines }, randomUUID())).body)).id;
}

/** Waiting lines of these orders in the order given, as the queue has them. */
async function waitingOf(orderIds: readonly string[]): Promise<WaitingLine[]> {
  const { lines } = await loadWaiting({ light: [], heavy: [] });
  return lines
    .filter(({ orderId }) => orderIds.includes(orderId))
    .sort((a, b) => orderIds.indexOf(a.orderId) - orderIds.indexOf(b.orderId) || a.productId - b.productId);
}

async function sharesOf(dispatchId: string) {
  return db()
    .select({ orderLineId: allocations.orderLineId, productId: dispatchLines.productId, quantity: allocations.quantity })
    .from(allocations)
    .innerJoin(dispatchLines, eq(dispatchLines.id, allocations.dispatchLineId))
    .where(eq(dispatchLines.dispatchId, dispatchId))
    .orderBy(asc(dispatchLines.productId), asc(allocations.position));
}

const expired = { nextCheckAt: sql`now() + interval '1 year'` };
/** No other suite's sweep is to come for it. */
const leaveAlone = (dispatchId: string) => db().update(dispatches).set(expired).where(eq(dispatches.id, dispatchId));

test("lines of several partners' orders go into one dispatch, products merged, shares in claim order; an order may be split", async () => {
  const [one, two] = await Promise.all([makePartner(), makePartner()]);
  const [popular, rare] = (await Promise.all([makeProduct(), makeProduct()])).sort((a, b) => a - b);
  if (!popular || !rare) throw new Error("no products");
  const first = await place(one, [
    [popular, 2],
    [rare, 1],
  ]);
  const second = await place(two, [[popular, 3]]);
  const waiting = await waitingOf([first, second]);
  const joined = waiting.filter(({ productId }) => productId === popular);
  const dispatchId = await claimLines(joined);
  if (!dispatchId) throw new Error("nothing was claimed");
  await leaveAlone(dispatchId);
  expect(await sharesOf(dispatchId)).toEqual(
    joined.map(({ id, productId, quantity }) => ({ orderLineId: id, productId, quantity })),
  );
  expect((await db().select().from(dispatches).where(eq(dispatches.id, dispatchId)))[0]?.body).toContain(
    `"ProductId":${popular},"Quantity":5`,
  );
  expect((await getOrder(one.ctx, first)).lines.map(({ status }) => status).sort()).toEqual(["processing", "queued"]);
  expect((await waitingOf([first, second])).map(({ productId }) => productId)).toEqual([rare]);
  const rest = await claimLines(await waitingOf([first]));
  if (!rest) throw new Error("the rest was not claimed");
  await leaveAlone(rest);
  expect((await getOrder(one.ctx, first)).timeline.filter(({ kind }) => kind === "claimed")).toHaveLength(1);
});

test("what was cancelled, taken, or is being changed just now is left out; of many claimants one has each line", async () => {
  const partner = await makePartner();
  const productId = await makeProduct();
  const orderIds: string[] = [];
  for (let placed = 0; placed < 4; placed++) orderIds.push(await place(partner, [[productId, 1]]));
  const [cancelled = "", busy = "", ...free] = orderIds;
  const lines = await waitingOf(orderIds);
  await cancelOrder(partner.ctx, cancelled);
  const claims = await db().transaction(async (tx) => {
    await tx.execute(sql`select from orders where id = ${busy} for no key update`);
    return Promise.all(Array.from({ length: 6 }, () => claimLines(lines)));
  });
  const dispatchIds = claims.filter((id) => id !== null);
  const taken = (await Promise.all(dispatchIds.map(sharesOf))).flat().map(({ orderLineId }) => orderLineId);
  for (const id of dispatchIds) await leaveAlone(id);
  expect(taken.sort()).toEqual(
    lines
      .filter(({ orderId }) => free.includes(orderId))
      .map(({ id }) => id)
      .sort(),
  );
  expect((await waitingOf(orderIds)).map(({ orderId }) => orderId)).toEqual([busy]);
  await cancelOrder(partner.ctx, busy);
});

test("a long upload hides nobody, and is not loaded whole", async () => {
  const [heavy, light] = await Promise.all([makePartner({ fundsMinor: 100_000_000 }), makePartner()]);
  const productId = await makeProduct();
  const like = await place(heavy, [[productId, 1]]);
  const single = await place(light, [[productId, 1]]);
  await db().execute(sql`
    insert into order_lines (id, order_id, partner_id, lane, queued_at, position, product_id, product_name, brand_name, face_minor, face_currency, quantity, unit_price_minor)
    select gen_random_uuid(), order_id, partner_id, lane, queued_at - interval '1 hour', n, product_id, product_name, brand_name, face_minor, face_currency, 1, unit_price_minor
    from order_lines, generate_series(1, 10000) n where order_id = ${like}`);
  try {
    const { lines, heavy: seen } = await loadWaiting({ light: [], heavy: [] });
    expect([seen.has(heavy.partnerId), seen.has(light.partnerId)]).toEqual([true, false]);
    expect(lines.some(({ orderId }) => orderId === single)).toBe(true);
    expect(lines.length).toBeLessThanOrEqual(3_000);
    expect(
      (await loadWaiting({ light: [productId], heavy: [productId] })).lines.filter((line) => line.productId === productId),
    ).toEqual([]);
  } finally {
    await db()
      .update(orderLines)
      .set({ status: "cancelled", returnedMinor: sql`quantity * unit_price_minor` })
      .where(and(eq(orderLines.orderId, like), inArray(orderLines.status, ["queued"])));
    await cancelOrder(light.ctx, single);
  }
});

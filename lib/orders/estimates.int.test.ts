import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { breakerChanges, partners, queuePace } from "@/drizzle/schema";
import { makePartner, makeProduct, oneCard } from "@/local/testing/factories";
import { acceptanceFacts } from "./acceptance-facts";
import { cancelOrder } from "./cancel-order";
import { getOrder } from "./get-order";
import { listOrders } from "./list-orders";
import { placeOrder } from "./place-order";
import { orderAcceptedSchema } from "./schemas";

/** Five to nine seconds. */
const LEARNED_MS = Array.from({ length: 41 }, (_, step) => 5_000 + step * 100);

const acceptedOf = (body: string) => orderAcceptedSchema.parse(JSON.parse(body));

beforeEach(async () => {
  await db().update(queuePace).set({ refreshedAt: new Date(), sample: 200, toSettledMs: LEARNED_MS, toClaimedMs: 100 });
});

test("an order is told an interval, which stands with it and never changes", async () => {
  const { ctx } = await makePartner();
  const accepted = acceptedOf((await placeOrder(ctx, oneCard(await makeProduct()), randomUUID())).body);
  const { estimate, createdAt } = accepted;
  if (!estimate) throw new Error("No estimate");
  expect(Date.parse(estimate.from) - Date.parse(createdAt)).toBeGreaterThanOrEqual(5_000);
  expect(Date.parse(estimate.by)).toBeGreaterThan(Date.parse(estimate.from));
  await db()
    .update(queuePace)
    .set({ toSettledMs: LEARNED_MS.map((ms) => ms * 10) });
  const order = await getOrder(ctx, accepted.id);
  expect(order).toMatchObject({ estimate, waitsFor: "turn", lane: "normal" });
  expect(order.position).toBeGreaterThanOrEqual(1);
  expect(Date.parse(order.expected?.from ?? "")).toBeGreaterThan(Date.parse(estimate.by));
  expect((await listOrders(ctx, { limit: 1 })).items[0]?.estimate).toEqual(estimate);
});

test("where too little was seen nothing is told, and the order says so", async () => {
  await db().update(queuePace).set({ toSettledMs: [] });
  const { ctx } = await makePartner();
  const accepted = acceptedOf((await placeOrder(ctx, oneCard(await makeProduct()), randomUUID())).body);
  expect(accepted.estimate).toBeNull();
  expect(await getOrder(ctx, accepted.id)).toMatchObject({ estimate: null, expected: null, waitsFor: "not_learned" });
});

test("while the supplier takes no orders nothing is promised, and a final order waits for nothing", async () => {
  const { ctx } = await makePartner();
  await db().insert(breakerChanges).values({ endpoint: "placeOrder", change: "opened", failures: 5 });
  const accepted = acceptedOf((await placeOrder(ctx, oneCard(await makeProduct()), randomUUID())).body);
  expect(accepted.estimate).toBeNull();
  expect(await getOrder(ctx, accepted.id)).toMatchObject({ expected: null, waitsFor: "supplier_silent" });
  await db()
    .insert(breakerChanges)
    .values({ endpoint: "placeOrder", change: "closed", failures: 5, at: sql`now() + interval '1 millisecond'` });
  expect(await getOrder(ctx, accepted.id)).toMatchObject({ waitsFor: "turn" });
  await cancelOrder(ctx, accepted.id);
  expect(await getOrder(ctx, accepted.id)).toMatchObject({ expected: null, waitsFor: null, position: null });
});

test("urgent is for partners who may, goes before normal, and says so", async () => {
  const { partnerId, ctx } = await makePartner();
  const input = { ...oneCard(await makeProduct()), lane: "urgent" as const };
  const refused = placeOrder(ctx, input, randomUUID());
  await expect(refused).rejects.toMatchObject({ code: "forbidden", fields: [{ path: "lane" }], message: /lane/ });
  await db().update(partners).set({ urgentAllowed: true }).where(eq(partners.id, partnerId));
  const normal = acceptedOf((await placeOrder(ctx, { ...input, lane: "normal" }, randomUUID())).body);
  const urgent = acceptedOf((await placeOrder(ctx, input, randomUUID())).body);
  expect(urgent).toMatchObject({ lane: "urgent" });
  expect(urgent.position).toBeLessThan((await getOrder(ctx, normal.id)).position ?? 0);
});

test("whether urgent is allowed is decided where the row is written", async () => {
  const { partnerId, ctx } = await makePartner();
  await db().update(partners).set({ urgentAllowed: true }).where(eq(partners.id, partnerId));
  const input = { ...oneCard(await makeProduct()), lane: "urgent" as const };
  const known = await factsThenForbidden(partnerId, input);
  await expect(placeOrder(ctx, input, randomUUID(), known)).rejects.toMatchObject({
    code: "forbidden",
    fields: [{ path: "lane" }],
  });
  expect((await listOrders(ctx, { limit: 5 })).items).toEqual([]);
});

async function factsThenForbidden(partnerId: string, input: Parameters<typeof acceptanceFacts>[0]): Promise<unknown> {
  const { rows } = await db().execute<{ facts: unknown }>(
    sql`select ${acceptanceFacts(input, randomUUID(), sql`${partnerId}::uuid`)} as facts`,
  );
  await db().update(partners).set({ urgentAllowed: false }).where(eq(partners.id, partnerId));
  return rows[0]?.facts;
}

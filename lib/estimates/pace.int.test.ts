import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { dispatches, dispatchLines, orders, queuePace } from "@/drizzle/schema";
import { newId } from "@/lib/ids";
import { makePartner, makeProduct } from "@/local/testing/factories";
import { estimateFacts, estimateFactsSchema } from "./estimate-facts";
import { readHonesty } from "./read-honesty";
import { refreshPace } from "./refresh-pace";

const SETTLED = 60;
const HOUR_S = 3_600;

/** A purchase claimed `agoSeconds` ago that took `tookMs`; null is on its way. */
async function makeDispatch(productId: number, agoSeconds: number, tookMs: number | null): Promise<void> {
  const id = randomUUID();
  const createdAt = new Date(Date.now() - agoSeconds * 1_000);
  const settledAt = tookMs === null ? null : new Date(createdAt.getTime() + tookMs);
  await db()
    .insert(dispatches)
    .values({ id, accountId: 1, body: "{}", cards: 7, status: settledAt ? "settled" : "placed", createdAt, settledAt });
  await db()
    .insert(dispatchLines)
    .values({ id: newId(createdAt.getTime()), dispatchId: id, productId, faceMinor: 1_000, faceCurrency: "USD", quantity: 7 });
}

async function readFacts(partnerId: string, productIds: readonly number[]) {
  const { rows } = await db().execute<{ facts: unknown }>(
    sql`select ${estimateFacts(sql`${partnerId}::uuid`, "normal", productIds)} as facts`,
  );
  return estimateFactsSchema.parse(rows[0]?.facts);
}

test("what the queue yields is learned from what was settled, by one of those who ask at once", async () => {
  const productId = await makeProduct();
  for (let index = 0; index < SETTLED; index++) await makeDispatch(productId, 10 + index, 2_000);
  await db().update(queuePace).set({ refreshedAt: sql`'-infinity'`, toSettledMs: [] });
  expect(await refreshPace()).toBe(true);
  expect(await refreshPace()).toBe(false);
  const { pace } = await readFacts((await makePartner()).partnerId, [productId]);
  expect(pace.toSettledMs).toHaveLength(41);
  expect(pace.toSettledMs.filter((ms) => ms === 2_000).length).toBeGreaterThan(1);
  expect(pace.cardsPerDispatch).toBeGreaterThanOrEqual(7);
  expect(pace.slotMs).toBeGreaterThanOrEqual(500);
});

test("a product's last purchases are known by their age, others' are not", async () => {
  const [hot, cold] = [await makeProduct(), await makeProduct()];
  for (const agoSeconds of [5, 17, 30, 90]) await makeDispatch(hot, agoSeconds, null);
  const { products, heavy, silent } = await readFacts((await makePartner()).partnerId, [hot, cold]);
  const of = (productId: number) => products.find((product) => product.productId === productId);
  expect(of(hot)?.usedAgoMs.map((agoMs) => Math.floor(agoMs / 1_000))).toEqual([5, 17, 30]);
  expect(of(cold)).toMatchObject({ usedAgoMs: [], ownCardsAhead: 0, othersCards: [] });
  expect({ heavy, silent }).toEqual({ heavy: false, silent: false });
});

test("orders are held against what was told; one still open past it is late, a cancelled one does not count", async () => {
  const { partnerId, ctx } = await makePartner();
  const placedBy = ctx.actor.kind === "member" ? ctx.actor.userId : "";
  const at = (agoSeconds: number) => new Date(Date.now() - agoSeconds * 1_000);
  const order = (status: "completed" | "cancelled" | "processing", settledAgo: number | null) => ({
    id: randomUUID(),
    partnerId,
    currency: "USD",
    totalMinor: 1,
    cards: 1,
    placedBy,
    status,
    createdAt: at(60),
    settledAt: settledAgo === null ? null : at(settledAgo),
    estimatedFrom: at(50),
    estimatedBy: at(40),
  });
  // Other suites' orders end meanwhile: both looks are at one moment.
  const [before, after] = await db().transaction(
    async (tx) => {
      const first = await readHonesty(HOUR_S, tx);
      await tx
        .insert(orders)
        .values([
          order("completed", 45),
          order("completed", 44),
          order("completed", 55),
          order("completed", 30),
          order("processing", null),
          order("cancelled", 45),
        ]);
      return [first, await readHonesty(HOUR_S, tx)] as const;
    },
    { isolationLevel: "repeatable read" },
  );
  const more = (key: "settled" | "within" | "early" | "late") => after[key] - before[key];
  expect([more("settled"), more("within"), more("early"), more("late")]).toEqual([5, 2, 1, 2]);
  expect(after.medianWidthMs).not.toBeNull();
  expect(after.medianWaitMs).not.toBeNull();
});

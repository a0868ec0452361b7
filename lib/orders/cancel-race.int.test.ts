import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { sleep } from "@/lib/clock";
import { type Body, FUNDS_MINOR, totalOf } from "@/local/testing/model/orders-model";
import { readView } from "@/local/testing/model/orders-view";
import { makeProducts, openOrdersWorld, orderIdOf, performReal } from "@/local/testing/model/orders-world";

const BODY: Body = {
  lines: [
    { product: 0, quantity: 2 },
    { product: 1, quantity: 1 },
  ],
  ceiling: "exact",
};
const ROUNDS = 24;
const ROW_ROUNDS = 3;
/** By so much one starts before the other, from one extreme to the other over the rounds. */
const MAX_LEAD_MS = 12;
/** Until both wait for the order's row. */
const BOTH_WAIT_MS = 60;

let productIds: number[];
beforeAll(async () => {
  productIds = await makeProducts();
});

async function queuedOrder() {
  const world = await openOrdersWorld(productIds);
  expect(await performReal(world, { do: "place", key: "first", body: BODY })).toBe("accepted");
  return world;
}
type World = Awaited<ReturnType<typeof queuedOrder>>;

const cancel = (world: World) => performReal(world, { do: "cancel", key: "first" });
const claim = (world: World) => performReal(world, { do: "claim", key: "first" });
const after = async <T>(delayMs: number, work: () => Promise<T>): Promise<T> => {
  await sleep(delayMs);
  return work();
};

/** Holds the order's row until those who want it wait for it, so that they meet for certain. */
async function atOnce(world: World, contenders: readonly ((world: World) => Promise<string>)[]): Promise<string[]> {
  return db()
    .transaction(async (tx) => {
      await tx.execute(sql`select from orders where id = ${orderIdOf(world, "first")} for no key update`);
      const started = Promise.all(contenders.map((contend) => contend(world)));
      await sleep(BOTH_WAIT_MS);
      return { started };
    })
    .then(({ started }) => started);
}

/** One story: whoever won, money, lines, purchases, timeline and events all tell of that one alone. */
async function expectOneStory(world: World, told: readonly string[]): Promise<"cancelled" | "claimed"> {
  const winners = told.filter((word) => word === "cancelled" || word === "claimed");
  expect(winners, `of ${told.join(", ")} one wins`).toHaveLength(1);
  const winner = winners[0] === "cancelled" ? "cancelled" : "claimed";
  for (const word of told) expect(["cancelled", "claimed", "lost", "order_not_cancellable"]).toContain(word);
  const { wallet, orders, dispatches } = await readView(world.partnerId, new Map([[orderIdOf(world, "first"), "first"]]), true);
  const totalMinor = totalOf(BODY);
  const state = winner === "cancelled" ? "cancelled" : "processing";
  const held = winner === "cancelled" ? 0 : totalMinor;
  expect(wallet).toEqual({ available: FUNDS_MINOR - held, held });
  expect(orders.first).toMatchObject({ status: state, events: ["accepted", winner] });
  expect(orders.first?.lines.map(({ status, releases, captures }) => ({ status, releases, captures }))).toEqual(
    BODY.lines.map(() => ({ status: state, releases: winner === "cancelled" ? 1 : 0, captures: 0 })),
  );
  expect(Object.keys(dispatches)).toHaveLength(winner === "claimed" ? 1 : 0);
  expect(await settledEvents(world)).toBe(winner === "cancelled" ? 1 : 0);
  return winner;
}

async function settledEvents(world: World): Promise<number> {
  const { rows } = await db().execute<{ events: number }>(
    sql`select count(*) as events from outbox where name = 'orders/settled' and data ->> 'orderId' = ${orderIdOf(world, "first")}`,
  );
  return rows[0]?.events ?? 0;
}

test("cancelling races the claim, one a little before the other: one wins each time, and both do over the rounds", async () => {
  const won = { cancelled: 0, claimed: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const world = await queuedOrder();
    const leadMs = ((round / (ROUNDS - 1)) * 2 - 1) * MAX_LEAD_MS;
    const told = await Promise.all([after(-leadMs, () => cancel(world)), after(leadMs, () => claim(world))]);
    won[await expectOneStory(world, told)] += 1;
  }
  expect(Math.min(won.cancelled, won.claimed)).toBeGreaterThan(0);
});

test.each([
  ["a cancellation and a claim", [cancel, claim]],
  ["a claim and a cancellation", [claim, cancel]],
  ["two cancellations", [cancel, cancel]],
  ["three of each", [cancel, claim, cancel, claim, cancel, claim]],
])("%s that wait for the same row: one wins", async (_, contenders) => {
  for (let round = 0; round < ROW_ROUNDS; round++) {
    const world = await queuedOrder();
    await expectOneStory(world, await atOnce(world, contenders));
  }
});

test("claims pass over an order that another holds, and one takes it when it is free", async () => {
  const world = await queuedOrder();
  expect(await atOnce(world, [claim, claim])).toEqual(["lost", "lost"]);
  await expectOneStory(world, await Promise.all([claim(world), claim(world)]));
});

test("whoever comes after the winner is told so, and changes nothing", async () => {
  const [cancelled, claimed] = [await queuedOrder(), await queuedOrder()];
  expect([await cancel(cancelled), await claim(cancelled), await cancel(cancelled)]).toEqual([
    "cancelled",
    "lost",
    "order_not_cancellable",
  ]);
  expect([await claim(claimed), await cancel(claimed), await claim(claimed)]).toEqual([
    "claimed",
    "order_not_cancellable",
    "lost",
  ]);
  await expectOneStory(cancelled, ["cancelled"]);
  await expectOneStory(claimed, ["claimed"]);
});

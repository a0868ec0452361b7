import { randomInt, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { dispatches, reportedPurchases } from "@/drizzle/schema";
import type { ReportedPurchase } from "@/lib/bamboo";
import { listForgottenPurchases, sumForgottenPurchases } from "./forgotten-purchases";
import { recordPurchases } from "./record-purchases";

const DAY = "2026-03-02";
/** Nothing else in this run pays in it. */
const CURRENCY = "XTS";

const purchase = (more: Partial<ReportedPurchase> = {}): ReportedPurchase => ({
  requestId: randomUUID(),
  orderNumber: `O-${randomInt(10_000_000, 99_999_999)}`,
  status: "Processing",
  cards: 2,
  products: "2 x Example",
  total: "0.0000",
  currency: CURRENCY,
  orderedOn: DAY,
  ...more,
});

/** Long until it is looked at by itself, so that no other suite's sweep comes for it. */
async function dispatch(status: "prepared" | "placed" | "rejected"): Promise<string> {
  const id = randomUUID();
  const settledAt = status === "rejected" ? new Date() : null;
  const nextCheckAt = sql`now() + interval '1 hour'`;
  await db().insert(dispatches).values({ id, accountId: 1, status, body: "{}", cards: 2, settledAt, nextCheckAt });
  return id;
}

const isDue = async (id: string) => {
  const { rows } = await db().execute<{ due: boolean }>(
    sql`select next_check_at <= now() and hinted_at is not null as due from dispatches where id = ${id}`,
  );
  // It is nobody's purchase: it ends here, before anyone asks for it.
  await db().execute(sql`
    update dispatches set status = case status when 'placed' then 'settled' else 'rejected' end, settled_at = now()
    where id = ${id} and status in ('prepared', 'placed')`);
  return rows[0]?.due;
};

test("unknown purchases are written once and follow what they become; together they are what is forgotten", async () => {
  const [first, second] = [purchase(), purchase({ total: "18.9401" })];
  expect(await recordPurchases(DAY, [first, second])).toEqual({ unknown: 2, asked: 0 });
  const ended = { ...first, status: "Succeeded", total: "27.0000", products: "renamed" };
  await Promise.all([recordPurchases(DAY, [ended]), recordPurchases(DAY, [ended]), recordPurchases("2026-03-03", [ended])]);
  const mine = (await listForgottenPurchases()).filter(({ currency }) => currency === CURRENCY);
  expect(mine).toHaveLength(2);
  expect(mine.find(({ requestId }) => requestId === first.requestId)).toMatchObject({
    status: "Succeeded",
    total: "27.0000",
    products: "2 x Example",
    reportedDay: DAY,
    orderedOn: DAY,
  });
  const sums = await sumForgottenPurchases();
  expect(sums.filter(({ currency }) => currency === CURRENCY)).toEqual([
    { currency: CURRENCY, purchases: 2, cards: 4, total: "45.9401" },
  ]);
});

test("what we know is looked at at once while it is open; one that may have been posted and forgotten is marked as reported", async () => {
  const [prepared, placed, rejected] = await Promise.all([dispatch("prepared"), dispatch("placed"), dispatch("rejected")]);
  const told = [prepared, placed, rejected].map((requestId) => purchase({ requestId }));
  expect(await recordPurchases(DAY, told)).toEqual({ unknown: 0, asked: 2 });
  const marked = await db().select().from(reportedPurchases).where(sql`request_id in (${prepared}, ${placed}, ${rejected})`);
  expect(marked.map(({ requestId }) => requestId)).toEqual([prepared]);
  const forgotten = (await listForgottenPurchases()).map(({ requestId }) => requestId);
  expect(forgotten).not.toContain(prepared);
  expect(await Promise.all([isDue(prepared), isDue(placed), isDue(rejected)])).toEqual([true, true, false]);
});

test("the application can neither remove what was reported nor say that it was another purchase", async () => {
  const known = purchase();
  await recordPurchases(DAY, [known]);
  const denied = { cause: { code: "42501" } };
  const of = sql`where request_id = ${known.requestId}`;
  await expect(db().execute(sql`delete from reported_purchases ${of}`)).rejects.toMatchObject(denied);
  await expect(db().execute(sql`update reported_purchases set request_id = gen_random_uuid() ${of}`)).rejects.toMatchObject(
    denied,
  );
  await expect(db().execute(sql`update reported_purchases set first_seen_at = now() ${of}`)).rejects.toMatchObject(denied);
});

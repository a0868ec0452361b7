import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db, type Transaction } from "@/drizzle/client";
import { orders, partners } from "@/drizzle/schema";
import { asOwner, makePartner } from "@/local/testing/factories";

const COUNTED = 1_000;
const HISTORY = 20_000;
const START_MS = Date.parse("2026-01-05T08:00:00Z");

type Waiting = {
  id: string;
  partnerId: string;
  lane: "urgent" | "normal";
  createdAtMs: number;
  weight: number;
};

/** What waits in the whole database at this moment, other suites' orders too, with the position that each is told. */
async function readQueue(tx: Transaction): Promise<(Waiting & { position: number })[]> {
  const { rows } = await tx.execute<Waiting & { position: number }>(sql`
    select o.id, o.partner_id as "partnerId", o.lane, (extract(epoch from o.created_at) * 1000)::float as "createdAtMs", p.weight,
      queue_position(o.id, o.lane, o.created_at) as position
    from orders o join partners p on p.id = o.partner_id where o.status = 'queued'`);
  return rows;
}

/** Turn order said plainly: urgent first, then by round of the partner's own, then by age. */
function expectedPositions(waiting: readonly Waiting[]): Map<string, number> {
  const byAge = [...waiting].sort((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1));
  const seen = new Map<string, number>();
  const inTurn = byAge.map((order, age) => {
    const own = `${order.lane} ${order.partnerId}`;
    const rank = seen.get(own) ?? 0;
    seen.set(own, rank + 1);
    return { id: order.id, lane: order.lane === "urgent" ? 0 : 1, round: Math.floor(rank / order.weight), age };
  });
  inTurn.sort((a, b) => a.lane - b.lane || a.round - b.round || a.age - b.age);
  return new Map(inTurn.map(({ id }, index) => [id, Math.min(index, COUNTED) + 1]));
}

async function addOrders(
  tx: Transaction,
  partner: { partnerId: string; userId: string },
  orderTimesMs: readonly number[],
  lane: Waiting["lane"],
) {
  if (orderTimesMs.length === 0) return;
  await tx.insert(orders).values(
    orderTimesMs.map((atMs) => ({
      id: randomUUID(),
      partnerId: partner.partnerId,
      lane,
      currency: "USD",
      totalMinor: 1,
      cards: 1,
      placedBy: partner.userId,
      createdAt: new Date(atMs),
    })),
  );
}

async function somePartner(weight = 1) {
  const { partnerId, ctx } = await makePartner({ fundsMinor: 0 });
  await db().update(partners).set({ weight }).where(sql`id = ${partnerId}`);
  return { partnerId, userId: ctx.actor.kind === "member" ? ctx.actor.userId : "" };
}

const ROLLED_BACK = new Error("rolled back");

/** In one snapshot, of which nothing stays. */
async function inSnapshot(work: (tx: Transaction) => Promise<void>): Promise<void> {
  const ran = db().transaction(
    async (tx) => {
      await work(tx);
      throw ROLLED_BACK;
    },
    { isolationLevel: "repeatable read" },
  );
  await expect(ran).rejects.toBe(ROLLED_BACK);
}

test("positions are turn order: partners take turns by their weights, urgent goes first, each place is given once", async () => {
  const [one, two, heavy, urgent] = [await somePartner(), await somePartner(), await somePartner(3), await somePartner()];
  await inSnapshot(async (tx) => {
    await addOrders(
      tx,
      one,
      Array.from({ length: 9 }, (_, index) => START_MS + index * 10),
      "normal",
    );
    await addOrders(tx, two, [START_MS + 35, START_MS + 36, START_MS + 500], "normal");
    await addOrders(
      tx,
      heavy,
      Array.from({ length: 11 }, (_, index) => START_MS + 40 + index),
      "normal",
    );
    await addOrders(tx, urgent, [START_MS + 900, START_MS + 901], "urgent");
    const queue = await readQueue(tx);
    const told = new Map(queue.map(({ id, position }) => [id, position]));
    expect(told).toEqual(expectedPositions(queue));
    expect(new Set(told.values()).size).toBe(Math.min(queue.length, COUNTED + 1));
  });
});

test("behind an upload of thousands a single order of another partner is near the front, and counting is bounded", async () => {
  const [uploader, other] = [await somePartner(), await somePartner()];
  await inSnapshot(async (tx) => {
    const times = Array.from({ length: 1_200 }, (_, index) => START_MS + index);
    for (let at = 0; at < times.length; at += COUNTED) await addOrders(tx, uploader, times.slice(at, at + COUNTED), "normal");
    await addOrders(tx, other, [START_MS + 100_000], "normal");
    const queue = await readQueue(tx);
    const expected = expectedPositions(queue);
    const single = queue.find(({ partnerId }) => partnerId === other.partnerId);
    expect(single?.position).toBe(expected.get(single?.id ?? ""));
    const uploaded = queue
      .filter(({ partnerId }) => partnerId === uploader.partnerId)
      .sort((a, b) => a.createdAtMs - b.createdAtMs);
    expect(uploaded.at(-1)?.position).toBe(COUNTED + 1);
    expect(uploaded[200]?.position).toBe(expected.get(uploaded[200]?.id ?? ""));
  });
});

test("a long history of orders is not walked through for a place in the queue", async () => {
  const { partnerId, userId } = await somePartner();
  const explained = asOwner(async (owner) =>
    owner.transaction(async (tx) => {
      await tx.execute(sql`
        insert into orders (id, partner_id, currency, total_minor, cards, placed_by, created_at, status, settled_at)
        select gen_random_uuid(), ${partnerId}::uuid, 'USD', 1, 1, ${userId}, now() - interval '1 day', 'completed', now() from generate_series(1, ${HISTORY})`);
      await addOrders(tx, { partnerId, userId }, [START_MS, START_MS + 1, START_MS + 2], "normal");
      await tx.execute(sql`analyze orders`);
      const { rows } = await tx.execute<{ "QUERY PLAN": string }>(sql`explain select count(*) from (
        select from orders o where o.status = 'queued' and o.lane = 'normal' and o.partner_id = ${partnerId}::uuid
          and (o.created_at, o.id) < (now(), ${randomUUID()}::uuid) limit ${COUNTED}) own`);
      throw new Explained(rows.map((row) => row["QUERY PLAN"]).join("\n"));
    }),
  );
  await expect(explained).rejects.toThrow(/Index (Only )?Scan using orders_(turns|queue|open)/);
});

/** Leaves the transaction with what was seen in it. */
class Explained extends Error {}

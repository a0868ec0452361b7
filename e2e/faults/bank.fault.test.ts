import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seededRandom } from "@/local/bamboo/random";
import { BankSystem } from "./bank/bank-system";
import { runClient } from "./bank/client";
import { killAtRandom } from "./bank/kill";
import { type Bank, openBank } from "./bank/open-bank";
import { OrdersKept } from "./bank/orders-kept";
import { expectPaidIn, payIn } from "./bank/pay-in";
import { watchBalances } from "./bank/reader";
import { booksOff } from "./support/books";

/** The long form is for STELLER_FAULTS=every: all tests together keep within a quarter of an hour. */
const LONG = process.env.STELLER_FAULTS === "every";
const BANK_SECONDS = LONG ? 60 : 40;
const LEAST_KILLS = LONG ? 3 : 2;
const CLIENTS = 32;
/** A checkout every 0.75 s is what the budget yields; a part of the time there is nobody to use it. */
const MAX_ORDERS = LONG ? 100 : 36;
/** Six orders a minute is all that one product takes. */
const PRODUCTS = 40;
/** Every fourth client is of the hot partner. */
const HOT_EVERY = 4;
const SEED = Number(process.env.STELLER_BANK_SEED ?? "20261123");
/** Nobody dies in the first moments, nor in the last. */
const CALM_MS = 3_000;
const END_POLL_MS = 1_000;
const END_TIMEOUT_MS = 240_000;
const START_TIMEOUT_MS = 11 * 60_000;

const system = new BankSystem();
let bank: Bank;

// A build may be part of it.
beforeAll(async () => {
  await system.start();
  system.enter();
  bank = await openBank(system, PRODUCTS);
}, START_TIMEOUT_MS);

afterAll(() => system.stop());

test(
  `while parts die, ${CLIENTS} clients see no cent made or lost`,
  async () => {
    const [startedAt, until] = [Date.now(), Date.now() + BANK_SECONDS * 1_000];
    const kept = new OrdersKept();
    const mayPlace = () => {
      const due = Math.ceil(((Date.now() - startedAt) / (BANK_SECONDS * 1_000)) * MAX_ORDERS);
      return kept.counts.placed < Math.min(due, MAX_ORDERS);
    };
    let over = false;
    const watching = watchBalances(system.ownerUrl, () => over);
    try {
      const clients = Array.from({ length: CLIENTS }, (_, index) => {
        const { branches } = bank;
        const branch = branches[index % HOT_EVERY === 0 ? 0 : 1 + (index % (branches.length - 1))];
        if (!branch) throw new Error("The bank has no branches");
        return runClient({ bank, kept, mayPlace, until }, branch, seededRandom(SEED + 1 + index));
      });
      const killing = killAtRandom(system.folder, startedAt + CALM_MS, until - CALM_MS, seededRandom(SEED));
      const payingIn = payIn(bank.branches[0]?.partnerId ?? "", until);
      const [kills, paidIn] = await Promise.all([killing, payingIn, Promise.all(clients)]);
      const seconds = await waitForTheEnd();
      over = true;
      const readings = await watching;
      console.log(
        `Seed ${SEED}. Killed: ${JSON.stringify(kills)}. Orders: ${kept.accepted.size}, clients: ${JSON.stringify(kept.counts)}. ` +
          `Paid in: ${paidIn.sure} sure, ${paidIn.unsure} unsure. All balances read ${readings.reads} times, ${readings.away} times no database. ` +
          `All ended ${seconds} s after the last fault. Limits broken at the supplier: ${(await system.sandbox.violations()).length}.`,
      );
      expect(kept.wrong).toEqual([]);
      expect(readings.wrong).toEqual([]);
      expect(readings.reads).toBeGreaterThan(BANK_SECONDS * 2);
      expect(Object.values(kills).every((times) => times >= LEAST_KILLS)).toBe(true);
      expect(kept.counts.overdraftsRefused).toBeGreaterThan(0);
      await expectEachAnswerOnce(kept);
      await expectPaidIn(system, paidIn);
      expect(await system.withDatabase((client) => booksOff(client, system.sandbox))).toEqual([]);
    } finally {
      over = true;
      await watching;
    }
  },
  BANK_SECONDS * 1_000 + END_TIMEOUT_MS + 120_000,
);

/** Seconds until every order has ended and every event is sent. */
async function waitForTheEnd(): Promise<number> {
  const startedAt = Date.now();
  let open = "";
  while (Date.now() - startedAt < END_TIMEOUT_MS) {
    const { rows } = await system.withDatabase((client) =>
      client.query<{ open: string | null }>(`
        select string_agg(status || ' ' || number, ', ') as open from (
          select 'orders ' || status as status, count(*) as number from orders where status in ('queued', 'processing', 'confirming') group by 1
          union all select 'dispatches ' || status, count(*) from dispatches where status in ('prepared', 'placed') group by 1
          union all select 'events unsent', count(*) from outbox where sent_at is null having count(*) > 0) x`),
    );
    open = rows[0]?.open ?? "";
    if (open === "") return Math.round((Date.now() - startedAt) / 1_000);
    await sleep(END_POLL_MS);
  }
  throw new Error(`Not all has ended ${END_TIMEOUT_MS / 1_000} s after the last fault: ${open}`);
}

/** Every answer that a client was given is there as it was given, and nothing is there that no client was told of. */
async function expectEachAnswerOnce(kept: OrdersKept): Promise<void> {
  const partnerIds = bank.branches.map(({ partnerId }) => partnerId);
  const [stored, orders] = await system.withDatabase(async (client) => [
    (
      await client.query<{ key: string; partner_id: string; body: string }>(
        "select key, partner_id, body from idempotency_keys where partner_id = any($1)",
        [partnerIds],
      )
    ).rows,
    (await client.query<{ id: string }>("select id from orders where partner_id = any($1)", [partnerIds])).rows,
  ]);
  expect(new Map(stored.map(({ key, partner_id, body }) => [key, `${partner_id} ${body}`]))).toEqual(
    new Map([...kept.accepted].map(([key, { partnerId, body }]) => [key, `${partnerId} ${body}`])),
  );
  expect(orders.map(({ id }) => id).sort()).toEqual([...kept.accepted.values()].map(({ orderId }) => orderId).sort());
}

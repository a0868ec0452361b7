import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import pg from "pg";
import { db } from "@/drizzle/client";
import type { System } from "../../local/up/system";
import { type Card, openOrderClient } from "../order-client";
import type { Person } from "../population";

const ORDERS = 500;
/** A thousand a minute. */
const APART_MS = 60;
const CLIENTS = 8;
const POLL_MS = 500;
const MAX_POLLS = 240;

export interface RunsPerOrder {
  orders: number;
  /** Of the function that buys. */
  runs: number;
  purchases: number;
}

/** Places a thousand orders a minute for half a minute, and counts in the queue's own books how often it was called to buy for them. */
export async function runsPerOrder(
  services: System,
  origin: string,
  next: { person: () => Person; card: () => Card },
  signal: AbortSignal,
): Promise<RunsPerOrder> {
  const url = new URL(services.env.DATABASE_URL_UNPOOLED ?? "");
  url.pathname = "/inngest";
  const queue = new pg.Client({ connectionString: url.href });
  await queue.connect();
  const client = openOrderClient(origin, CLIENTS);
  try {
    const [runsBefore, purchasesBefore] = [await countRuns(queue), await countPurchases()];
    const sent: Promise<void>[] = [];
    for (let order = 0; order < ORDERS; order++) {
      sent.push(client.order(next.person(), next.card()));
      await sleep(APART_MS, undefined, { signal });
    }
    await Promise.all(sent);
    await untilBought(signal);
    return { orders: ORDERS, runs: (await countRuns(queue)) - runsBefore, purchases: (await countPurchases()) - purchasesBefore };
  } finally {
    client.close();
    await queue.end();
  }
}

async function countRuns(queue: pg.Client): Promise<number> {
  const { rows } = await queue.query<{ runs: string }>(
    "select count(*) as runs from inngest.runs r join inngest.functions f on f.id = r.function_id where f.slug like '%dispatch-orders'",
  );
  return Number(rows[0]?.runs);
}

async function countPurchases(): Promise<number> {
  const { rows } = await db().execute<{ purchases: string }>(sql`select count(*) as purchases from dispatches`);
  return Number(rows[0]?.purchases);
}

async function untilBought(signal: AbortSignal): Promise<void> {
  for (let poll = 0; poll < MAX_POLLS; poll++) {
    const { rows } = await db().execute<{ waits: boolean }>(
      sql`select exists (select from order_lines where status = 'queued') as waits`,
    );
    if (!rows[0]?.waits) return;
    await sleep(POLL_MS, undefined, { signal });
  }
  throw new Error(`Orders still wait after ${(MAX_POLLS * POLL_MS) / 1_000} s`);
}

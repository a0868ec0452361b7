import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { invariant } from "@/lib/errors";
import type { BambooControl } from "../../local/bamboo/control";

/** What an order passes on its way, each in milliseconds after the start of the transaction that accepted it. */
export const STAGES = [
  { stage: "answered", says: "the partner has the answer" },
  { stage: "relayed", says: "the event is taken up to be sent" },
  { stage: "claimed", says: "a drainer claims the order" },
  { stage: "attempted", says: "the attempt is written down" },
  { stage: "arrived", says: "the checkout is at the supplier" },
] as const;

export type Stage = (typeof STAGES)[number]["stage"];
export type Journey = Record<Stage, number>;

interface Row extends Record<string, unknown> {
  dispatch_id: string | null;
  created_ms: string;
  relayed_ms: string | null;
  claimed_ms: string | null;
  attempted_ms: string | null;
}

/** Every order's way, in the order of their placing; `answeredAt` is when this process had the answers, in that order. */
export async function readJourneys(control: BambooControl, answeredAt: readonly number[]): Promise<Journey[]> {
  const offsetMs = await clockOffset(control);
  const arrivals = new Map<string, number>();
  for (const { requestId, atMs } of (await control.arrivals("checkout")).reverse())
    if (requestId) arrivals.set(requestId.toLowerCase(), atMs - offsetMs);
  const rows = await readRows();
  invariant(
    rows.length === answeredAt.length,
    `each of ${answeredAt.length} orders is in the database once (${rows.length} are)`,
  );
  return rows.map((row, index) => {
    const createdMs = Number(row.created_ms);
    const since = (ms: string | number | null | undefined) => {
      invariant(ms !== null && ms !== undefined, `order ${index + 1} went all its way: it must have been bought by now`);
      return Number(ms) - createdMs;
    };
    return {
      answered: since(answeredAt[index]),
      relayed: since(row.relayed_ms),
      claimed: since(row.claimed_ms),
      attempted: since(row.attempted_ms),
      arrived: since(arrivals.get(row.dispatch_id ?? "")),
    };
  });
}

async function readRows(): Promise<Row[]> {
  const ms = (column: string) => sql.raw(`extract(epoch from ${column}) * 1000`);
  const { rows } = await db().execute<Row>(sql`
    select way.dispatch_id, ${ms("o.created_at")} as created_ms, ${ms("o.claimed_at")} as claimed_ms,
      (select min(${ms("e.sent_at")}) from outbox e where e.name = 'orders/queued' and e.data ->> 'orderId' = o.id::text) as relayed_ms,
      (select min(${ms("a.started_at")}) from attempts a where a.dispatch_id = way.dispatch_id) as attempted_ms
    from orders o
    left join lateral (
      select d.dispatch_id from order_lines l join allocations a on a.order_line_id = l.id join dispatch_lines d on d.id = a.dispatch_line_id
      where l.order_id = o.id limit 1) way on true
    order by o.created_at, o.sequence`);
  return rows;
}

const SAMPLES = 10;

/** By how much the sandbox's clock is ahead of this machine's: that of the quickest answer of several, its way halved. */
async function clockOffset(control: BambooControl): Promise<number> {
  let best = { tookMs: Number.POSITIVE_INFINITY, offsetMs: 0 };
  for (let sample = 0; sample < SAMPLES; sample++) {
    const askedAt = Date.now();
    const startedAt = performance.now();
    const { nowMs } = await control.stats();
    const tookMs = performance.now() - startedAt;
    if (tookMs < best.tookMs) best = { tookMs, offsetMs: nowMs - (askedAt + tookMs / 2) };
  }
  return best.offsetMs;
}

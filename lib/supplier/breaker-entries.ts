import { sql } from "drizzle-orm";
import type { Executor } from "@/drizzle/client";
import { type BreakerEntry, breakerEntry } from "./breaker-words";

/** The times of an order, null while not yet. */
export interface OrderTimes {
  createdAt: Date;
  claimedAt: Date | null;
  placedAt: Date | null;
  settledAt: Date | null;
}

/** Of a supplier that comes and goes all day the latest changes tell enough. */
const MAX_CHANGES = 20;

/**
 * The timeline entries of an order about the supplier not answering, oldest first: of placing orders while this one was to be placed, of
 * reading them while its result was to be read. What stood already when that began counts as its first change.
 */
export async function breakerEntries(executor: Executor, order: OrderTimes): Promise<BreakerEntry[]> {
  const { createdAt, placedAt, settledAt } = order;
  const found = await Promise.all([
    changesBetween(executor, "placeOrder", createdAt, placedAt ?? settledAt),
    placedAt ? changesBetween(executor, "getOrder", placedAt, settledAt) : [],
  ]);
  return found.flat().map((change) => breakerEntry(change, order.claimedAt));
}

export interface WaitedChange {
  id: number;
  endpoint: "placeOrder" | "getOrder";
  change: "opened" | "closed";
  at: Date;
}

async function changesBetween(
  executor: Executor,
  endpoint: WaitedChange["endpoint"],
  from: Date,
  until: Date | null,
): Promise<WaitedChange[]> {
  const since = from.toISOString();
  const { rows } = await executor.execute<{ id: number; change: WaitedChange["change"]; at: Date | string }>(sql`
    with before as (
      select id, change, ${since}::timestamptz as at from breaker_changes
      where endpoint = ${endpoint} and at <= ${since}::timestamptz order by breaker_changes.at desc, id desc limit 1),
    within as (
      select id, change, at from breaker_changes
      where endpoint = ${endpoint} and at > ${since}::timestamptz and at < coalesce(${until?.toISOString() ?? null}::timestamptz, 'infinity')
      order by at desc, id desc limit ${MAX_CHANGES})
    select * from before where change = 'opened' union all select * from within order by at, id`);
  return rows.map(({ id, change, at }) => ({ id, endpoint, change, at: new Date(at) }));
}

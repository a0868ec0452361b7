import { sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import type { RefreshCounts } from "@/drizzle/schema";
import { resolveAlert } from "@/lib/alerts";
import { lockCatalog, wishReread } from "@/lib/catalog";
import { MAX_RETURNED, NO_LONGER_OFFERED, returnWaitingLines } from "@/lib/orders";
import { isAbandoned } from "./abandoned";
import { alertIfFailing, REFRESH_FAILED } from "./alert-if-failing";
import { forgetWishes } from "./forget-wishes";
import { NO_COUNTS, sumCounts } from "./sum-counts";
import { tellPrices } from "./tell-prices";
import { judgeUnlisted } from "./unlisted";
import { whatIsMissing } from "./what-is-missing";
import { withdraw } from "./withdraw";

export type EndedRefresh = { kind: "completed"; counts: RefreshCounts } | { kind: "failed"; error: string } | { kind: "over" };

const MAX_ERROR_CHARS = 500;
const MAX_MORE_RETURNS = 100;

/**
 * Ends a read whose pages are written. Where it is complete, what it shows to be gone (`judgeUnlisted`) is withdrawn, waiting orders of it
 * get their money back, and the catalogue counts as read when the read began, all in one transaction; otherwise it has failed and nothing
 * is withdrawn. What its pages wrote stays either way: each row was told by the supplier, and is true by itself. Repeated, it changes
 * nothing.
 */
export function completeRefresh(refreshId: string): Promise<EndedRefresh> {
  return complete(refreshId, null);
}

/** As `completeRefresh`, for a read whose reader has died: `over` where it has not. `stopped` says so before the reason of a failure. */
export function completeAbandoned(refreshId: string, stopped: string): Promise<EndedRefresh> {
  return complete(refreshId, stopped);
}

/** Keeps what was there and says why nothing new came. */
export async function failRefresh(refreshId: string, reason: string): Promise<void> {
  await db().transaction((tx) => fail(tx, refreshId, reason));
}

async function complete(refreshId: string, stopped: string | null): Promise<EndedRefresh> {
  const { ended, withdrawnIds, returned, startedAt } = await db().transaction((tx) => end(tx, refreshId, stopped));
  // Not above: a wish that is written while orders are locked could wait in a circle with a settlement. One that is left is read for nothing.
  if (ended.kind === "completed") await db().transaction((tx) => forgetWishes(tx, { until: startedAt }));
  // One transaction holds the rows of so many orders at most.
  for (let more = 0, last = returned; last >= MAX_RETURNED && more < MAX_MORE_RETURNS; more++)
    last = await db().transaction((tx) => returnWaitingLines(tx, { productIds: withdrawnIds }, NO_LONGER_OFFERED));
  return ended;
}

interface Ended {
  ended: EndedRefresh;
  withdrawnIds: number[];
  returned: number;
  startedAt: string;
}

async function end(tx: Transaction, refreshId: string, stopped: string | null): Promise<Ended> {
  const { rows } = await tx.execute<{ started_at: string }>(sql`
    select started_at::text from catalog_refreshes
    where id = ${refreshId} and status = 'running' and ${stopped === null ? sql`true` : isAbandoned()} for no key update`);
  const [running] = rows;
  const nothing = { withdrawnIds: [], returned: 0, startedAt: "" };
  if (!running) return { ended: { kind: "over" }, ...nothing };
  await lockCatalog(tx);
  const missing = await whatIsMissing(tx, refreshId);
  if (missing) {
    const error = stopped === null ? missing : `${stopped} ${missing}`;
    await fail(tx, refreshId, error);
    return { ended: { kind: "failed", error }, ...nothing };
  }
  const { gone, doubted } = await judgeUnlisted(tx, refreshId);
  // Before orders are locked, as everywhere.
  await wishReread(tx, doubted, "unlisted");
  const { withdrawnIds, returned } = await withdraw(tx, refreshId, gone);
  const counts = { ...((await sumCounts(tx, refreshId)) ?? NO_COUNTS), withdrawn: withdrawnIds.length };
  await tx.execute(sql`
    update catalog_refreshes set status = 'completed', finished_at = clock_timestamp(), heard_at = now(), counts = ${JSON.stringify(counts)}::jsonb
    where id = ${refreshId}`);
  await tx.execute(
    sql`update catalog_state set completed_at = (select started_at from catalog_refreshes where id = ${refreshId})`,
  );
  await tellPrices(tx, counts);
  await resolveAlert(tx, REFRESH_FAILED);
  return { ended: { kind: "completed", counts }, withdrawnIds, returned, startedAt: running.started_at };
}

async function fail(tx: Transaction, refreshId: string, reason: string): Promise<void> {
  const counts = await sumCounts(tx, refreshId);
  const { rowCount } = await tx.execute(sql`
    update catalog_refreshes set status = 'failed', finished_at = clock_timestamp(), error = ${reason.slice(0, MAX_ERROR_CHARS)},
      counts = ${counts === null ? null : JSON.stringify(counts)}::jsonb
    where id = ${refreshId} and status = 'running'`);
  if (!rowCount) return;
  await tellPrices(tx, counts);
  await alertIfFailing(tx);
}

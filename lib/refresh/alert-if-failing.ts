import { sql } from "drizzle-orm";
import type { Transaction } from "@/drizzle/client";
import { raiseAlert } from "@/lib/alerts";

export const REFRESH_FAILED = { kind: "catalog.refresh_failed", subject: "catalog" } as const;

/** One may fail: the next is half an hour away. */
const FAILURES_TO_ALERT = 2;

/** So long without a complete read is half of the way to the end of all sales. */
const CRITICAL_AFTER_HOURS = 3;

/** Raises the alert when the latest reads of the catalogue all failed. To be asked in the transaction that ends one, at its end. */
export async function alertIfFailing(tx: Transaction): Promise<void> {
  const { rows } = await tx.execute<{ status: string; error: string | null; is_old: boolean }>(sql`
    select r.status, r.error, coalesce(s.completed_at < now() - make_interval(hours => ${CRITICAL_AFTER_HOURS}), true) as is_old
    from catalog_refreshes r, catalog_state s where r.status <> 'running' order by r.started_at desc limit ${FAILURES_TO_ALERT}`);
  if (rows.length < FAILURES_TO_ALERT || rows.some(({ status }) => status !== "failed")) return;
  await raiseAlert(tx, {
    ...REFRESH_FAILED,
    severity: rows[0]?.is_old ? "critical" : "warning",
    title: "The catalogue could not be read at least twice in a row; the last good one is sold from until it is six hours old",
    detail: { error: rows[0]?.error ?? null },
  });
}

import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { supplier } from "@/lib/supplier";
import { heard } from "./heard";
import { writePage } from "./write-page";

export type RefreshedWhole =
  | { kind: "whole"; rows: number }
  | { kind: "later"; waitMs: number }
  | { kind: "unusable"; why: string };

const MAX_TURN_WAIT_MS = 10_000;

/**
 * Reads the catalogue in one answer (v1) and writes it in batches as it arrives. The supplier allows two of these calls an hour, so one is
 * made at most once in a refresh: what is answered unusably, or not at all, waits for the next.
 */
export async function refreshWhole(refreshId: string): Promise<RefreshedWhole> {
  const readAt = await heard(refreshId);
  const reserved = await supplier().reserve("catalog", MAX_TURN_WAIT_MS);
  if (reserved.kind === "not_now") return { kind: "later", waitMs: reserved.waitMs };
  if (!(await takeCall(refreshId))) {
    await supplier().giveBack(reserved.turn);
    return { kind: "unusable", why: "The call for the whole catalogue was made, and whoever made it stopped before the end." };
  }
  let rows = 0;
  const answer = await supplier().wholeCatalog(reserved.turn, async (batch, brands) => {
    rows += (await writePage({ refreshId, page: batch, readAt, brands, supplierBrands: brands.length, pages: null })).rows;
  });
  if (answer.kind === "not_now") {
    await forgetCall(refreshId);
    return { kind: "later", waitMs: answer.waitMs };
  }
  if (answer.kind === "throttled")
    return { kind: "unusable", why: `The supplier gives the whole catalogue again in ${answer.waitSeconds} seconds.` };
  if (answer.kind === "unclear") return { kind: "unusable", why: `The whole catalogue is unusable: ${answer.cause}.` };
  await db().execute(
    sql`update catalog_refreshes set pages = ${answer.batches}, heard_at = now() where id = ${refreshId} and status = 'running'`,
  );
  return { kind: "whole", rows };
}

/** Written before the call, so that whatever becomes of it, nobody makes it again. */
async function takeCall(refreshId: string): Promise<boolean> {
  const { rowCount } = await db().execute(
    sql`update catalog_refreshes set called_at = now() where id = ${refreshId} and status = 'running' and called_at is null`,
  );
  return rowCount === 1;
}

/** Its turn did not come: nothing was sent. */
async function forgetCall(refreshId: string): Promise<void> {
  await db().execute(sql`update catalog_refreshes set called_at = null where id = ${refreshId} and status = 'running'`);
}

import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { asError, log } from "@/lib/log";
import { isAbandoned } from "./abandoned";
import { completeAbandoned, failRefresh } from "./end-refresh";

const STOPPED = "The reader stopped without an end.";

/**
 * Ends reads whose reader died: where all pages are there as completed, else as failed. The queue gives a run up after a few calls that
 * failed and says nothing to it, so nobody else would. Answers how many ended.
 */
export async function endAbandoned(): Promise<number> {
  const { rows } = await db().execute<{ id: string }>(sql`select id from catalog_refreshes where ${isAbandoned()}`);
  let ended = 0;
  for (const { id } of rows) {
    try {
      const told = await completeAbandoned(id, STOPPED);
      ended += told.kind === "over" ? 0 : 1;
    } catch (thrown) {
      // One that cannot be completed must not stand in the way of the next read.
      log.error("A read of the catalogue could not be completed after its reader stopped", { err: asError(thrown) });
      await failRefresh(id, STOPPED);
      ended += 1;
    }
  }
  return ended;
}

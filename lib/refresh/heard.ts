import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";

/**
 * A sign of life of whoever reads, before something that takes its time. Answers the database's time as ISO text: what the read lists is as
 * it was then or later. Throws when the refresh is over, as one is that was taken for dead.
 */
export async function heard(refreshId: string): Promise<string> {
  const { rows } = await db().execute<{ now: Date | string }>(
    sql`update catalog_refreshes set heard_at = now() where id = ${refreshId} and status = 'running' returning now()`,
  );
  const now = rows[0]?.now;
  if (now === undefined) throw new RefreshOver(refreshId);
  return new Date(now).toISOString();
}

/** It ended while somebody still read for it: nothing more may be written in its name. */
export class RefreshOver extends Error {
  override readonly name = "RefreshOver";

  constructor(refreshId: string) {
    super(`The refresh ${refreshId} is over; what was still read for it is left.`);
  }
}

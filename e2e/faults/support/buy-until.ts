import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { sleep } from "@/lib/clock";
import { advanceDispatch, drain } from "@/lib/dispatch";
import { hintDispatch } from "@/lib/dispatch/hint-dispatch";

/** Longer than the longest window of a limit. */
const MAX_TURNS = 300;
const TURN_MS = 300;

/** Buys what waits and follows what is open, as the durable functions do, until `ended` says so. */
export async function buyUntil(ended: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const { dispatches } = await drain({ forMs: 1 });
    const { rows } = await db().execute<{ id: string }>(sql`select id from dispatches where status in ('prepared', 'placed')`);
    for (const { id } of rows) {
      await hintDispatch(id);
      await advanceDispatch(id);
    }
    if (await ended()) return;
    if (dispatches === 0) await sleep(TURN_MS);
  }
  throw new Error("Not all of it ended");
}

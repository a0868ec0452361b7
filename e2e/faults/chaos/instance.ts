import { sql } from "drizzle-orm";
import { serveCommands } from "@/bench/supplier/commands";
import { db } from "@/drizzle/client";
import { sleep } from "@/lib/clock";
import { advanceDispatch, drain } from "@/lib/dispatch";
import { asError, log } from "@/lib/log";

/**
 * One instance of the product, without its web server and its queue: it drains as `dispatch-orders` does, and follows purchases as
 * `settle-dispatch` does, each by the one instance that its id falls to, once a callback was noted or the time to look has come.
 */
const { WORKER_INDEX = "0", WORKERS = "1" } = process.env;
const DRAIN_MS = 5_000;
/** Ten of these share two cores with all that they talk to. */
const LOOK_EVERY_MS = 250;
/** A run of the queue would sleep for as long as it is told to. Here all come back soon, so that there is always a crowd at the door. */
const MAX_PACE_MS = 500;
const MAX_FOLLOWED = 20;

async function buy(isOn: () => boolean): Promise<void> {
  while (isOn()) {
    const next = await drainOnce();
    if (next.kind !== "more") await sleep(next.kind === "wait" ? Math.min(next.waitMs, MAX_PACE_MS) : LOOK_EVERY_MS);
  }
}

/** What failed is tried again, as the queue would. */
async function drainOnce(): Promise<Awaited<ReturnType<typeof drain>>["next"]> {
  try {
    return (await drain({ forMs: DRAIN_MS })).next;
  } catch (thrown) {
    log.error("A drain failed", { err: asError(thrown) });
    return { kind: "empty" };
  }
}

async function follow(): Promise<never> {
  const followed = new Set<string>();
  for (;;) {
    for (const id of await findDue()) {
      if (followed.has(id) || followed.size >= MAX_FOLLOWED) continue;
      followed.add(id);
      advanceDispatch(id)
        .catch((thrown: unknown) => log.error("A dispatch was not followed", { dispatchId: id, err: asError(thrown) }))
        .finally(() => followed.delete(id));
    }
    await sleep(LOOK_EVERY_MS);
  }
}

async function findDue(): Promise<string[]> {
  try {
    const { rows } = await db().execute<{ id: string }>(sql`
      select id from dispatches where status in ('prepared', 'placed') and next_check_at <= now()
        and ('x' || left(id::text, 8))::bit(32)::bigint % ${Number(WORKERS)} = ${Number(WORKER_INDEX)}
      order by next_check_at limit ${MAX_FOLLOWED}`);
    return rows.map(({ id }) => id);
  } catch (thrown) {
    log.error("What is due could not be looked up", { err: asError(thrown) });
    return [];
  }
}

await db().execute(sql`select 1`);
serveCommands(buy);
await follow();

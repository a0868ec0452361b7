import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { sleep } from "@/lib/clock";
import { advanceDispatch, drain } from "@/lib/dispatch";
import { refreshPace } from "@/lib/estimates";
import { asError, log } from "@/lib/log";
import { relayOutbox } from "@/lib/outbox";
import { serveCommands } from "./commands";

/**
 * One instance of the product, without its web server and its queue: it drains as `dispatch-orders` does and follows dispatches as
 * `settle-dispatch` does, each by the one process that its id falls to, once a callback was noted or the time to look has come.
 */
const { WORKER_INDEX = "0", WORKERS = "1" } = process.env;
const RUN_MS = 5_000;
const IDLE_MS = 50;
/** A run of the queue would sleep for longer, and be woken by an order. */
const MAX_PACE_MS = 500;
const LOOK_EVERY_MS = 100;
const MAX_FOLLOWED = 20;

/** As in the product, to a queue that takes everything and costs nothing. */
const relay = () => relayOutbox(async () => undefined);

async function buy(isOn: () => boolean): Promise<void> {
  while (isOn()) {
    try {
      const { next } = await drain({ forMs: RUN_MS, afterEach: relay });
      if (next.kind === "empty") await sleep(IDLE_MS);
      if (next.kind === "wait") await sleep(Math.min(next.waitMs, MAX_PACE_MS));
    } catch (thrown) {
      log.error("A drain failed", { err: asError(thrown) });
      await sleep(IDLE_MS);
    }
  }
}

async function follow(): Promise<never> {
  const followed = new Set<string>();
  for (;;) {
    for (const id of await findDue()) {
      if (followed.has(id) || followed.size >= MAX_FOLLOWED) continue;
      followed.add(id);
      advanceDispatch(id)
        .then((advanced) => advanced.kind === "done" && refreshPace())
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

import { inArray, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { outbox } from "@/drizzle/schema";
import { sleep } from "@/lib/clock";

export interface SentEvent {
  /** The same for every try, so that the queue drops a doubled one. */
  id: string;
  name: string;
  data: Record<string, string>;
}

const BATCH = 100;
const MAX_BATCHES = 20;

/**
 * Sends what was committed and not yet sent, oldest first. Rows are locked while they are sent, so that two relays share the work; one
 * that dies in between leaves its rows for the next. Answers how many were sent.
 */
export function relayOutbox(send: (events: SentEvent[]) => Promise<void>): Promise<number> {
  wanted = true;
  running ??= relayWhileWanted(send).finally(() => {
    running = undefined;
  });
  return running;
}

/** One relay at a time in a process: many requests at once would each hold a connection while they send. */
let running: Promise<number> | undefined;
let wanted = false;
/** A first event goes at once; under load the next ones gather for so long and go together. */
const GATHER_MS = 50;
let lastStartedAt = Number.NEGATIVE_INFINITY;

async function relayWhileWanted(send: (events: SentEvent[]) => Promise<void>): Promise<number> {
  let sent = 0;
  while (wanted) {
    const waitMs = lastStartedAt + GATHER_MS - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    wanted = false;
    lastStartedAt = performance.now();
    sent += await relayBatches(send);
  }
  return sent;
}

async function relayBatches(send: (events: SentEvent[]) => Promise<void>): Promise<number> {
  let sent = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const count = await relayBatch(send);
    sent += count;
    if (count < BATCH) break;
  }
  return sent;
}

async function relayBatch(send: (events: SentEvent[]) => Promise<void>): Promise<number> {
  return db().transaction(async (tx) => {
    const { rows } = await tx.execute<{ id: number; name: string; data: Record<string, string> }>(
      sql`select id, name, data from outbox where sent_at is null order by id limit ${BATCH} for update skip locked`,
    );
    if (rows.length === 0) return 0;
    await send(rows.map(({ id, name, data }) => ({ id: `${name}:${Object.values(data).join(":")}:${id}`, name, data })));
    await tx
      .update(outbox)
      .set({ sentAt: sql`now()` })
      .where(
        inArray(
          outbox.id,
          rows.map(({ id }) => id),
        ),
      );
    return rows.length;
  });
}

import { and, eq, inArray, sql } from "drizzle-orm";
import { db, type Transaction } from "@/drizzle/client";
import { dispatches } from "@/drizzle/schema";
import type { SupplierOrder } from "@/lib/bamboo";
import { supplier } from "@/lib/supplier";
import { learnReadPace } from "./learn-read-pace";
import { markInDoubt } from "./mark-in-doubt";
import { markPlaced } from "./mark-placed";
import type { ReadLesson } from "./read-pace";
import { settleDispatch } from "./settle-dispatch";

export type Asked = { kind: "asked" } | { kind: "not_now"; waitMs: number };

const MAX_TURN_WAIT_MS = 8_000;

/** Reads a purchase at the supplier and writes down what it told; a final answer settles it. Codes go from the answer to sealed rows. */
export async function askSupplier(dispatchId: string): Promise<Asked> {
  const reserved = await supplier().reserve("getOrder", MAX_TURN_WAIT_MS);
  if (reserved.kind === "not_now") return { kind: "not_now", waitMs: reserved.waitMs };
  // A read counts from when it can have left at the soonest: what came up since then is still news.
  const askedAt = Math.max(performance.now(), reserved.turn.dueAt);
  const reading = await supplier().order(reserved.turn, dispatchId);
  const secondsAgo = Math.max(performance.now() - askedAt, 0) / 1_000;
  switch (reading.kind) {
    case "not_now":
      return { kind: "not_now", waitMs: reading.waitMs };
    case "throttled":
      return { kind: "not_now", waitMs: reading.waitSeconds * 1_000 };
    case "found": {
      const lesson = await recordFound(dispatchId, secondsAgo, reading.order);
      if (reading.order.state === "final") await settleDispatch(dispatchId, reading.order);
      if (lesson) await learnReadPace(lesson);
      return { kind: "asked" };
    }
    case "not_found":
    case "unclear":
      await recordNothing(dispatchId, secondsAgo, reading.kind);
      return { kind: "asked" };
  }
}

/** Answers what the read taught, if it was the first of a purchase that was known to be placed. */
async function recordFound(dispatchId: string, secondsAgo: number, order: SupplierOrder): Promise<ReadLesson | null> {
  return db().transaction(async (tx) => {
    await markPlaced(tx, dispatchId);
    const read = await recordRead(tx, dispatchId, secondsAgo, {
      lastReadResult: order.state,
      supplierOrderId: order.supplierOrderId,
      supplierStatus: order.status,
    });
    return read ? lessonOf(read, order.state === "final") : null;
  });
}

type Read = Pick<typeof dispatches.$inferSelect, "reads" | "placedAt" | "lastReadAt" | "calledBackAt" | "nextCheckAt">;

/** What was found by a read is placed as of then, so how long it took is not known. */
function lessonOf({ reads, placedAt, lastReadAt, calledBackAt, nextCheckAt }: Read, over: boolean): ReadLesson | null {
  if (reads !== 1 || !placedAt || !lastReadAt || placedAt >= lastReadAt) return null;
  const age = (at: Date) => Math.max(at.getTime() - placedAt.getTime(), 0);
  return {
    over,
    readAtAgeMs: age(lastReadAt),
    // One that nobody had looked at since it was placed had no time set.
    dueAtAgeMs: age(nextCheckAt > placedAt ? nextCheckAt : lastReadAt),
    calledAtAgeMs: calledBackAt && calledBackAt <= lastReadAt ? age(calledBackAt) : null,
  };
}

/** What the supplier does not find though we had reason to ask, an attempt of ours or its own report, is in doubt. */
async function recordNothing(dispatchId: string, secondsAgo: number, lastReadResult: "not_found" | "unclear"): Promise<void> {
  await db().transaction(async (tx) => {
    await recordRead(tx, dispatchId, secondsAgo, { lastReadResult });
    await markInDoubt(tx, dispatchId);
  });
}

/** Nothing where it is over: another read was sooner. */
async function recordRead(
  tx: Transaction,
  dispatchId: string,
  secondsAgo: number,
  told: Partial<typeof dispatches.$inferInsert>,
): Promise<Read | undefined> {
  const { reads, placedAt, lastReadAt, calledBackAt, nextCheckAt } = dispatches;
  const [read] = await tx
    .update(dispatches)
    .set({ ...told, lastReadAt: sql`now() - make_interval(secs => ${secondsAgo})`, reads: sql`${reads} + 1` })
    .where(and(eq(dispatches.id, dispatchId), inArray(dispatches.status, ["prepared", "placed"])))
    .returning({ reads, placedAt, lastReadAt, calledBackAt, nextCheckAt });
  return read;
}

import { asc, eq } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { attempts, dispatches } from "@/drizzle/schema";
import { invariant } from "@/lib/errors";
import type { DispatchFacts } from "./next-action";

export interface LoadedDispatch {
  body: string;
  facts: DispatchFacts;
}

/** What is recorded of a dispatch, for `nextAction`. `hinted` says that a callback came since. */
export async function loadFacts(dispatchId: string, hinted: boolean): Promise<LoadedDispatch> {
  const [[dispatch], tries] = await Promise.all([
    db().select().from(dispatches).where(eq(dispatches.id, dispatchId)),
    db().select().from(attempts).where(eq(attempts.dispatchId, dispatchId)).orderBy(asc(attempts.number)),
  ]);
  invariant(dispatch, `dispatch ${dispatchId} was committed before anyone heard of it`);
  const ms = (time: Date | null) => time?.getTime() ?? null;
  const { lastReadAt, lastReadResult } = dispatch;
  return {
    body: dispatch.body,
    facts: {
      status: dispatch.status,
      attempts: tries.map(({ startedAt, finishedAt, outcome, reason }) => ({
        startedAtMs: startedAt.getTime(),
        finishedAtMs: ms(finishedAt),
        outcome,
        reason,
      })),
      lastRead: lastReadAt && lastReadResult ? { atMs: lastReadAt.getTime(), result: lastReadResult } : null,
      reads: dispatch.reads,
      placedAtMs: ms(dispatch.placedAt),
      inDoubtSinceMs: ms(dispatch.inDoubtSince),
      escalated: dispatch.escalatedAt !== null,
      hinted,
      inReport: false,
    },
  };
}

import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/drizzle/client";
import { dispatches } from "@/drizzle/schema";
import { invariant } from "@/lib/errors";
import type { DispatchFacts } from "./next-action";

export interface LoadedDispatch {
  body: string;
  /** Whether purchases are known that this database forgot, of whatever dispatch: after a restore only. */
  forgotten: boolean;
  facts: DispatchFacts;
  /** By the database's clock, as are all recorded times: clocks of different machines are never compared. */
  nowMs: number;
}

const attemptsSchema = z.array(
  z.object({
    startedAtMs: z.number(),
    finishedAtMs: z.number().nullable(),
    outcome: z.enum(["placed", "rejected", "throttled", "unknown"]).nullable(),
    reason: z.string().nullable(),
  }),
);

const ms = (time: ReturnType<typeof sql>) => sql`floor(extract(epoch from ${time}) * 1000)::bigint`;

/** What is recorded of a dispatch, for `nextAction`, in one round trip. */
export async function loadFacts(dispatchId: string): Promise<LoadedDispatch> {
  const [row] = await db()
    .select({
      dispatch: dispatches,
      nowMs: sql<number>`${ms(sql`clock_timestamp()`)}`,
      attempts: sql<unknown>`(select coalesce(jsonb_agg(jsonb_build_object('startedAtMs', ${ms(sql`a.started_at`)},
        'finishedAtMs', ${ms(sql`a.finished_at`)}, 'outcome', a.outcome, 'reason', a.reason) order by a.number), '[]')
        from attempts a where a.dispatch_id = ${dispatchId})`,
      forgotten: sql<boolean>`exists (select from reported_purchases)`,
      inReport: sql<boolean>`exists (select from reported_purchases r where r.request_id = ${dispatchId})`,
    })
    .from(dispatches)
    .where(eq(dispatches.id, dispatchId));
  invariant(row, `dispatch ${dispatchId} was committed before anyone heard of it`);
  const { dispatch } = row;
  const time = (at: Date | null) => at?.getTime() ?? null;
  const { lastReadAt, lastReadResult, hintedAt } = dispatch;
  return {
    body: dispatch.body,
    forgotten: row.forgotten,
    nowMs: Number(row.nowMs),
    facts: {
      status: dispatch.status,
      attempts: attemptsSchema.parse(row.attempts),
      lastRead: lastReadAt && lastReadResult ? { atMs: lastReadAt.getTime(), result: lastReadResult } : null,
      reads: dispatch.reads,
      placedAtMs: time(dispatch.placedAt),
      inDoubtSinceMs: time(dispatch.inDoubtSince),
      escalated: dispatch.escalatedAt !== null,
      hinted: hintedAt !== null && (lastReadAt === null || hintedAt > lastReadAt),
      inReport: row.inReport,
    },
  };
}

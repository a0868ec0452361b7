import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { db } from "@/drizzle/client";
import { dispatches } from "@/drizzle/schema";
import { invariant } from "@/lib/errors";
import type { DispatchFacts } from "./next-action";
import { firstReadAfterMs, type ReadPace, UNTAUGHT } from "./read-pace";

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
      pace: readPaceNow,
      inReport: sql<boolean>`exists (select from reported_purchases r where r.request_id = ${dispatchId})`,
    })
    .from(dispatches)
    .where(eq(dispatches.id, dispatchId));
  invariant(row, `dispatch ${dispatchId} was committed before anyone heard of it`);
  const { dispatch } = row;
  return {
    body: dispatch.body,
    forgotten: row.forgotten,
    nowMs: Number(row.nowMs),
    facts: factsOf(dispatch, {
      attempts: attemptsSchema.parse(row.attempts),
      inReport: row.inReport,
      pace: row.pace ?? UNTAUGHT,
    }),
  };
}

/** The learned time as a column of any query; null where its row was lost. */
export const readPaceNow = sql<ReadPace | null>`(select jsonb_build_object('firstReadMs', p.first_read_ms, 'calledShare', p.called_share) from read_pace p)`;

type Row = typeof dispatches.$inferSelect;
type Recorded = Pick<
  Row,
  | "status"
  | "lastReadAt"
  | "lastReadResult"
  | "reads"
  | "placedAt"
  | "inDoubtSince"
  | "escalatedAt"
  | "hintedAt"
  | "reportedOpenAt"
>;

/** A dispatch's row, with what stands elsewhere, as the decision takes it. */
export function factsOf(
  { lastReadAt, lastReadResult, hintedAt, ...row }: Recorded,
  { attempts, inReport, pace }: Pick<DispatchFacts, "attempts" | "inReport"> & { pace: ReadPace },
): DispatchFacts {
  const time = (at: Date | null) => at?.getTime() ?? null;
  return {
    status: row.status,
    attempts,
    lastRead: lastReadAt && lastReadResult ? { atMs: lastReadAt.getTime(), result: lastReadResult } : null,
    reads: row.reads,
    placedAtMs: time(row.placedAt),
    inDoubtSinceMs: time(row.inDoubtSince),
    escalated: row.escalatedAt !== null,
    hinted: hintedAt !== null && (lastReadAt === null || hintedAt > lastReadAt),
    reportedOpenAtMs: time(row.reportedOpenAt),
    firstReadMs: firstReadAfterMs(pace),
    inReport,
  };
}

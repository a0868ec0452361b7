import { and, asc, desc, inArray, isNotNull, sql } from "drizzle-orm";
import type { z } from "zod";
import { db } from "@/drizzle/client";
import { attempts, dispatches } from "@/drizzle/schema";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { decodeCursor, encodeCursor } from "@/lib/paging";
import { inDoubtSince } from "./in-doubt-since";
import { type Served, servedOrders } from "./served-orders";
import type { StuckItem, StuckPage, stuckQuery } from "./stuck.schemas";
import { lastAnswer } from "./stuck-words";

/** Purchases whose outcome is unclear or overdue, longest first, by keyset. Only open dispatches are looked at, by their own index. */
export async function listStuck(ctx: Ctx, query: z.infer<typeof stuckQuery>): Promise<StuckPage> {
  requireStaffActor(ctx, "purchases.read");
  const rows = await loadRows(query);
  const shown = rows.slice(0, query.limit);
  const ids = shown.map(({ id }) => id);
  const [lastTries, servedBy] = await Promise.all([loadLastTries(ids), servedOrders(ids)]);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => toItem(row, lastTries.get(row.id), servedBy(row.id))),
    nextCursor: rows.length > query.limit && last ? encodeCursor([last.since.toISOString(), last.id]) : null,
  };
}

async function loadRows({ limit, cursor }: z.infer<typeof stuckQuery>) {
  const open = db()
    .select({
      id: dispatches.id,
      status: dispatches.status,
      cards: dispatches.cards,
      reads: dispatches.reads,
      lastReadAt: dispatches.lastReadAt,
      lastReadResult: dispatches.lastReadResult,
      supplierStatus: dispatches.supplierStatus,
      escalatedAt: dispatches.escalatedAt,
      nextCheckAt: dispatches.nextCheckAt,
      since: inDoubtSince.as("since"),
      now: sql<Date>`now()`.mapWith(dispatches.createdAt).as("now"),
    })
    .from(dispatches)
    .where(inArray(dispatches.status, ["prepared", "placed"]))
    .as("open");
  const [since, id] = cursor ? decodeCursor(cursor, ["time", "uuid"]) : [];
  const rows = await db()
    .select()
    .from(open)
    .where(
      and(isNotNull(open.since), since ? sql`(${open.since}, ${open.id}) > (${since}::timestamptz, ${id}::uuid)` : undefined),
    )
    .orderBy(asc(open.since), asc(open.id))
    .limit(limit + 1);
  return rows.flatMap(({ since: at, ...row }) => (at ? [{ ...row, since: at }] : []));
}

type Row = Awaited<ReturnType<typeof loadRows>>[number];
type LastTry = Awaited<ReturnType<typeof loadTries>>[number];

async function loadLastTries(ids: readonly string[]): Promise<Map<string, LastTry>> {
  const tries = ids.length === 0 ? [] : await loadTries(ids);
  return new Map(tries.map((attempt) => [attempt.dispatchId, attempt]));
}

function loadTries(ids: readonly string[]) {
  return db()
    .selectDistinctOn([attempts.dispatchId], {
      dispatchId: attempts.dispatchId,
      startedAt: attempts.startedAt,
      finishedAt: attempts.finishedAt,
      outcome: attempts.outcome,
      reason: attempts.reason,
      count: sql<number>`(count(*) over (partition by ${attempts.dispatchId}))::int`,
    })
    .from(attempts)
    .where(inArray(attempts.dispatchId, [...ids]))
    .orderBy(asc(attempts.dispatchId), desc(attempts.number));
}

function toItem(row: Row, attempt: LastTry | undefined, served: Served): StuckItem {
  const { words, atMs } = lastAnswer({
    status: row.status,
    attempt: attempt
      ? {
          startedAtMs: attempt.startedAt.getTime(),
          finishedAtMs: attempt.finishedAt?.getTime() ?? null,
          outcome: attempt.outcome,
          reason: attempt.reason,
        }
      : null,
    read: row.lastReadAt && row.lastReadResult ? { atMs: row.lastReadAt.getTime(), result: row.lastReadResult } : null,
    supplierStatus: row.supplierStatus,
  });
  return {
    id: row.id,
    status: row.status,
    since: row.since.toISOString(),
    ageSeconds: Math.max(row.now.getTime() - row.since.getTime(), 0) / 1_000,
    cards: row.cards,
    ...served,
    attempts: attempt?.count ?? 0,
    reads: row.reads,
    lastAnswer: words,
    lastAnswerAt: atMs === null ? null : new Date(atMs).toISOString(),
    escalatedAt: row.escalatedAt?.toISOString() ?? null,
    nextCheckAt: row.nextCheckAt.toISOString(),
  };
}

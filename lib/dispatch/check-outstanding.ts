import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { dispatches } from "@/drizzle/schema";
import type { ReportedPurchase } from "@/lib/bamboo";
import { log } from "@/lib/log";
import { supplier } from "@/lib/supplier";
import { factsOf, readPaceNow } from "./load-facts";
import { MAX_READ_WAIT_MS, nextAction } from "./next-action";
import { UNTAUGHT } from "./read-pace";

export interface Outstanding {
  /** Placed purchases that were due for a read of their own. */
  due: number;
  /** Those that the report says are over: to be read now. */
  over: string[];
  /** Those that it says are not: left alone for a while. */
  open: number;
}

/** Fewer are read one by one: that is a third of what a minute allows, and tells the cards at once. */
const MANY = 40;
/** Whoever is to be woken within this time would be read before the next check. */
const SOON_MS = 5_000;
const MAX_CHECKED = 5_000;
/** The days on which nearly all of what is outstanding was placed. */
const MAX_DAYS = 3;
const MAX_TURN_WAIT_MS = 10_000;
/** Bamboo's words, in lower case, for what is over. */
const OVER = new Set(["succeeded", "failed", "partialfailed"]);

/**
 * When many placed purchases are due for a read, one read of the supplier's report of orders tells which are over. Those are hinted, so that
 * they are read next; of the others it is noted that they were open. What the report does not name, such as a purchase of a day that
 * begins elsewhere, is read by itself as ever. Does nothing where few are due or the report cannot be had now.
 */
export async function checkOutstanding(): Promise<Outstanding> {
  const due = await loadDue();
  if (due.length <= MANY) return { due: due.length, over: [], open: 0 };
  const told: Told = { over: [], open: [] };
  for (const [day, ids] of daysOf(due)) {
    const found = await readDay(day, new Set(ids));
    if (!found) break;
    await noteOpen(found.open, found.secondsAgo);
    await noteOver(found.over);
    told.over.push(...found.over);
    told.open.push(...found.open);
  }
  return { due: due.length, over: told.over, open: told.open.length };
}

interface Due {
  id: string;
  placedAt: Date;
}

interface Told {
  over: string[];
  open: string[];
}

/** Placed, without news, and due for a read by the one decision there is. */
async function loadDue(): Promise<Due[]> {
  const { id, status, lastReadAt, lastReadResult, reads, placedAt, inDoubtSince, escalatedAt, hintedAt, reportedOpenAt } =
    dispatches;
  const rows = await db()
    .select({
      recorded: { id, status, lastReadAt, lastReadResult, reads, placedAt, inDoubtSince, escalatedAt, hintedAt, reportedOpenAt },
      pace: readPaceNow,
      nowMs: sql<number>`floor(extract(epoch from clock_timestamp()) * 1000)::float`,
    })
    .from(dispatches)
    .where(eq(status, "placed"))
    .orderBy(asc(dispatches.nextCheckAt))
    .limit(MAX_CHECKED);
  return rows.flatMap(({ recorded, pace, nowMs }) => {
    // People are told by whoever follows it; what is placed is decided without its attempts.
    const facts = { ...factsOf(recorded, { attempts: [], inReport: false, pace: pace ?? UNTAUGHT }), escalated: true };
    const isDue = !facts.hinted && nextAction(facts, nowMs + SOON_MS).kind === "ask";
    return isDue && recorded.placedAt ? [{ id: recorded.id, placedAt: recorded.placedAt }] : [];
  });
}

/** Ids by UTC day, the fullest days first. */
function daysOf(due: readonly Due[]): [string, string[]][] {
  const days = new Map<string, string[]>();
  for (const { id, placedAt } of due) {
    const day = placedAt.toISOString().slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), id]);
  }
  return [...days].sort(([, a], [, b]) => b.length - a.length).slice(0, MAX_DAYS);
}

async function readDay(day: string, wanted: ReadonlySet<string>): Promise<(Told & { secondsAgo: number }) | null> {
  const reserved = await supplier().reserve("ordersReport", MAX_TURN_WAIT_MS);
  if (reserved.kind === "not_now") return null;
  const askedAt = Math.max(performance.now(), reserved.turn.dueAt);
  const report = await supplier().ordersReport(reserved.turn, day);
  if (report.kind !== "report") {
    if (report.kind === "unclear")
      log.warn("The report of orders could not be read; purchases are read one by one", { reason: report.cause });
    return null;
  }
  const named = report.purchases.filter(({ requestId }) => wanted.has(requestId));
  const ids = (over: boolean) => named.filter((purchase) => isOver(purchase) === over).map(({ requestId }) => requestId);
  return { over: ids(true), open: ids(false), secondsAgo: Math.max(performance.now() - askedAt, 0) / 1_000 };
}

/** A word that we do not know says that it goes on. */
const isOver = ({ status }: ReportedPurchase): boolean => OVER.has(status.trim().toLowerCase());

/** It is news as a callback is, except that it tells nothing of how long the purchase took. */
async function noteOver(ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await db()
    .update(dispatches)
    .set({ hintedAt: sql`clock_timestamp()`, nextCheckAt: sql`least(${dispatches.nextCheckAt}, clock_timestamp())` })
    .where(and(inArray(dispatches.id, ids), eq(dispatches.status, "placed")));
}

/** As of when it was asked, like a read. The next look is as far off as the decision says, so that the sweep does not nudge it before. */
async function noteOpen(ids: string[], secondsAgo: number): Promise<void> {
  if (ids.length === 0) return;
  const askedAt = sql`clock_timestamp() - make_interval(secs => ${secondsAgo})`;
  const nextAt = sql`${askedAt} + make_interval(secs => ${MAX_READ_WAIT_MS / 1_000})`;
  await db()
    .update(dispatches)
    .set({ reportedOpenAt: askedAt, nextCheckAt: sql`greatest(${dispatches.nextCheckAt}, ${nextAt})` })
    .where(and(inArray(dispatches.id, ids), eq(dispatches.status, "placed")));
}

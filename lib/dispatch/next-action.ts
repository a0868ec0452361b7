import { type Fault, isReason, REASONS } from "@/lib/bamboo";

/** What is recorded of a dispatch. Times are milliseconds since the epoch. */
export interface DispatchFacts {
  status: "prepared" | "placed" | "settled" | "rejected";
  /** In order. Without an outcome the request may be on its way, or its process died. */
  attempts: readonly AttemptFact[];
  /** The last answer to a read. */
  lastRead: { atMs: number; result: "not_found" | "open" | "final" | "unclear" } | null;
  reads: number;
  placedAtMs: number | null;
  inDoubtSinceMs: number | null;
  escalated: boolean;
  /** A callback, or a person, said since the last read that there is news. */
  hinted: boolean;
  /** When the supplier's report last named it as not over. */
  reportedOpenAtMs: number | null;
  /** How long after it was placed it is first worth a read, unless somebody says that there is news. */
  firstReadMs: number;
  /** The supplier's own report names it, whatever our records say: after a restore, attempts may have been forgotten. */
  inReport: boolean;
}

export interface AttemptFact {
  startedAtMs: number;
  finishedAtMs: number | null;
  outcome: "placed" | "rejected" | "throttled" | "unknown" | null;
  reason: string | null;
}

export type NextAction =
  | { kind: "post" }
  | { kind: "ask" }
  | { kind: "wait"; untilMs: number }
  | { kind: "reject"; reason: string }
  | { kind: "escalate" }
  | { kind: "done" };

/**
 * A request is given up on our side by then: an attempt may wait eight seconds for its turn and ten more for its moment, and its request has half a minute.
 * Nothing of it is still on its way from us.
 */
export const ATTEMPT_OVER_MS = 60_000;
/** A read may lag this long behind an acceptance, so "not found" before then says nothing. */
export const READ_LAG_MS = 10_000;
/** Reads that told nothing of when it will be over: soon again, then ever more patiently. */
const UNCLEAR_READ_MS = 2_000;
export const MAX_READ_WAIT_MS = 60_000;
const OURS_RETRY_MS = 60_000;
const ESCALATE_AFTER_MS = 15 * 60_000;
/** Quick repeats of the same request; beyond them one after a quarter of an hour, since a repeat cannot buy twice. */
const MAX_POSTS = 6;
const SLOW_POST_MS = 15 * 60_000;

/**
 * The whole decision of what to do with a dispatch, from recorded facts alone (design: "The purchase protocol"). It never leads to a
 * release on silence, on a not-found, on a count or on age: only a listed reason code does, and only when no earlier attempt is unknown.
 */
export function nextAction(facts: DispatchFacts, nowMs: number): NextAction {
  if (facts.status === "settled" || facts.status === "rejected") return { kind: "done" };
  if (!facts.escalated && nowMs - openSince(facts, nowMs) >= ESCALATE_AFTER_MS) return { kind: "escalate" };
  const placed = facts.attempts.find(({ outcome }) => outcome === "placed");
  if (facts.status === "placed" || placed)
    return askWhenDue(facts, facts.placedAtMs ?? placed?.finishedAtMs ?? Number.NEGATIVE_INFINITY, nowMs);

  // 429 is no attempt: the supplier did not take the request in.
  const real = facts.attempts.filter(({ outcome }) => outcome !== "throttled");
  const last = real.at(-1);
  if (!last) return facts.inReport ? askWhenDue(facts, Number.NEGATIVE_INFINITY, nowMs) : { kind: "post" };
  const overAtMs = Math.max(...real.map(({ outcome, startedAtMs }) => (outcome === null ? startedAtMs + ATTEMPT_OVER_MS : 0)));
  if (nowMs < overAtMs) return { kind: "wait", untilMs: overAtMs };
  // What the report names was bought, whatever the attempts we remember were told.
  if (facts.inReport) return askWhenDue(facts, last.finishedAtMs ?? overAtMs, nowMs);
  const allDefinite = real.every(({ outcome }) => outcome === "rejected");
  if (last.outcome === "rejected" && allDefinite) return afterRejection(last, real.length, nowMs);
  return resolveDoubt(facts, real, last, nowMs);
}

/** Since when it might have been over: in doubt, placed without an end, or sent by a process that died. */
function openSince({ inDoubtSinceMs, placedAtMs, attempts }: DispatchFacts, nowMs: number): number {
  return inDoubtSinceMs ?? placedAtMs ?? attempts.find(({ outcome }) => outcome === null)?.startedAtMs ?? nowMs;
}

/** An attempt may have been acted on: ask, and post the same request again only when it is unknown there for longer than reads lag. */
function resolveDoubt(facts: DispatchFacts, real: readonly AttemptFact[], last: AttemptFact, nowMs: number): NextAction {
  const endedAtMs = last.finishedAtMs ?? last.startedAtMs + ATTEMPT_OVER_MS;
  const readSince = facts.lastRead !== null && facts.lastRead.atMs >= endedAtMs ? facts.lastRead : null;
  if (!readSince) return { kind: "ask" };
  const absent = readSince.result === "not_found" && readSince.atMs - endedAtMs >= READ_LAG_MS;
  if (absent && nowMs - endedAtMs >= repeatAfterMs(last, real.length)) return { kind: "post" };
  return askWhenDue(facts, endedAtMs, nowMs);
}

/** After a refusal of a repeat the first request may still arrive: nothing is given back, and a quick repeat would tell nothing new. */
function repeatAfterMs(last: AttemptFact, posts: number): number {
  if (last.outcome === "rejected") return faultOf(last.reason ?? "") === "ours" ? OURS_RETRY_MS : SLOW_POST_MS;
  return posts < MAX_POSTS ? 0 : SLOW_POST_MS;
}

/** What is our fault is tried again ever later: each refusal holds up the others, and what they need may be there. */
function afterRejection(last: AttemptFact, refusals: number, nowMs: number): NextAction {
  const reason = last.reason ?? "";
  if (faultOf(reason) === "line") return { kind: "reject", reason };
  const patienceMs = Math.min(OURS_RETRY_MS * 2 ** Math.min(refusals - 1, 10), SLOW_POST_MS);
  const againAtMs = (last.finishedAtMs ?? last.startedAtMs) + patienceMs;
  return nowMs >= againAtMs ? { kind: "post" } : { kind: "wait", untilMs: againAtMs };
}

function askWhenDue(facts: DispatchFacts, sinceMs: number, nowMs: number): NextAction {
  const dueMs = nextReadAt(facts, sinceMs);
  return facts.hinted || nowMs >= dueMs ? { kind: "ask" } : { kind: "wait", untilMs: dueMs };
}

/** At the learned time, then ever more patiently, up to a minute. What the report told of many at once spares this one its own read. */
function nextReadAt({ lastRead, reads, firstReadMs, reportedOpenAtMs }: DispatchFacts, sinceMs: number): number {
  const read = lastRead && lastRead.atMs >= sinceMs ? lastRead : null;
  const stepMs = read && read.result !== "open" ? UNCLEAR_READ_MS : firstReadMs;
  const dueMs = read
    ? read.atMs + Math.min(stepMs * 2 ** Math.min(Math.max(reads - 1, 0), 10), MAX_READ_WAIT_MS)
    : sinceMs + stepMs;
  return reportedOpenAtMs !== null && reportedOpenAtMs >= sinceMs ? Math.max(dueMs, reportedOpenAtMs + MAX_READ_WAIT_MS) : dueMs;
}

/** Whose fault a recorded reason is; one that we do not know is ours to look into. */
export function faultOf(reason: string): Fault {
  return isReason(reason) ? REASONS[reason] : "ours";
}

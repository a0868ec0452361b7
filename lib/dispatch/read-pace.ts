/** When a purchase is first worth a read, as the last ones taught. */
export interface ReadPace {
  /** After it was placed; about one purchase in twenty takes longer. */
  firstReadMs: number;
  /** The share of the last purchases that the supplier called about before they were read; 0 to 1. */
  calledShare: number;
}

/** How the first read of a purchase went. Ages are milliseconds since it was placed. */
export interface ReadLesson {
  over: boolean;
  readAtAgeMs: number;
  /** When it was to be read: sooner than it was, where the limits or a busy process kept it. */
  dueAtAgeMs: number;
  /** When the supplier called, if it did so before the read. */
  calledAtAgeMs: number | null;
}

/** Before anything was learned. */
export const UNTAUGHT: ReadPace = { firstReadMs: 2_000, calledShare: 0 };

const FASTEST_MS = 500;
/** Not more, since without calls it takes a while to learn that a slow supplier has become fast again; later reads wait longer. */
const SLOWEST_MS = 30_000;
/** Where the two balance, one read in twenty comes too early: p * ln 1.2 = (1 - p) * -ln 0.99. */
const SLOWER = 1.2;
const FASTER = 0.99;
/** Purchases that are under way together were all to be read at one time: more than this is not learned from them. */
const FASTEST_TOGETHER = 0.98;
/** A call weighs as much as the ten before it. */
const CALL_WEIGHT = 0.1;
const CALLS_WORK_FROM = 0.5;
/** Where the supplier calls, a read that does not wait for it only spends what the call's own read will spend again. */
const PATIENCE_WITH_CALLS = 3;

/** How long after it was placed a purchase that nobody called about is read. */
export function firstReadAfterMs({ firstReadMs, calledShare }: ReadPace): number {
  return calledShare >= CALLS_WORK_FROM ? Math.min(firstReadMs * PATIENCE_WITH_CALLS, SLOWEST_MS) : firstReadMs;
}

/**
 * What one first read teaches: whether a read at the learned time would have come too early. Many purchases are under way at once and tell
 * the same thing, so one lesson moves the time no further than its own ages bear out.
 */
export function learn(pace: ReadPace, lesson: ReadLesson): ReadPace {
  const called = lesson.calledAtAgeMs === null ? 0 : 1;
  return {
    firstReadMs: Math.min(Math.max(moved(pace.firstReadMs, lesson), FASTEST_MS), SLOWEST_MS),
    calledShare: pace.calledShare + CALL_WEIGHT * (called - pace.calledShare),
  };
}

function moved(paceMs: number, { over, readAtAgeMs, dueAtAgeMs, calledAtAgeMs }: ReadLesson): number {
  // It took longer than its age when it was read.
  if (!over) return Math.max(paceMs, Math.min(paceMs, readAtAgeMs) * SLOWER);
  // A call tells nearly to the moment when it was over; a read only that it was by then.
  if (calledAtAgeMs !== null && calledAtAgeMs > paceMs) return Math.min(paceMs * SLOWER, calledAtAgeMs);
  return Math.max(paceMs * FASTER, Math.min(paceMs, calledAtAgeMs ?? dueAtAgeMs * FASTEST_TOGETHER));
}

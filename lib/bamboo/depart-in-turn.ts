import { performance } from "node:perf_hooks";
import { sleepUntil } from "@/lib/clock";
import { asError, log } from "@/lib/log";
import { depart } from "./depart";
import { giveBack } from "./give-back";
import { whenSeen } from "./redis-clock";
import { hasOpenWay, NEW_WAY_MS } from "./request";
import type { NotNow, Turn } from "./turn";

/** A longer wait is the caller's to sleep, with nothing held. */
const MAX_SHORT_WAIT_MS = 3_000;
/** How far ahead a moment may be granted. What is granted counts as gone, so no further than a slow trip to Redis needs. */
const AHEAD_MS = 50;
/** So that the answer is there before the moment, and the call before it has landed where it can have. */
const ASK_AHEAD_MS = AHEAD_MS / 2;
const MAX_ASKS = 12;
/** Beyond its moment; the caller reserves anew then. An attempt is over on our side when nextAction says so (ATTEMPT_OVER_MS). */
const MAX_WAIT_BEYOND_MS = 10_000;
/** Between the answer of Redis and the request, beyond what the way to Redis always takes. */
const MAX_LATE_MS = 20;
const MAX_TOLD_LATE_MS = 500;
const ENOUGH_ASKS_WAIT_MS = 500;

/**
 * Asks to depart shortly before the turn is due, and sleeps until the moment that was granted; the caller sends at once. Answers that moment
 * as `performance.now()` at the earliest that it can be, or why the call may not go, with the turn given back. Throws when Redis cannot be
 * reached: then nothing may be sent.
 *
 * Never too early: the script ran between two moments of this process, at the widest the question and its answer (`whenSeen`), so what
 * waits from the later one on waits to the granted moment or longer. How much longer is at most what is counted from the earlier one on, as
 * `latenessMs` and `land` do.
 */
export async function departInTurn(
  turn: Turn,
  productIds: readonly number[],
): Promise<{ kind: "go"; grantedAt: number } | NotNow> {
  const { departed } = turn;
  if (departed && latenessMs(departed.at) <= MAX_LATE_MS && !isTaken(departed)) return { kind: "go", grantedAt: departed.at };
  const { endpoint, ticket, held } = turn;
  const needed = [...new Set(productIds)];
  const unusedIds = [...held].filter((id) => !needed.includes(id));
  let refusal: NotNow = { kind: "not_now", waitMs: ENOUGH_ASKS_WAIT_MS, because: "limit" };
  let toldLateMs = 0;
  let dueAt = turn.dueAt;
  const giveUpAt = Math.max(dueAt, performance.now()) + MAX_WAIT_BEYOND_MS;
  for (let asks = 0; asks < MAX_ASKS; asks++) {
    await sleepUntil(dueAt - ASK_AHEAD_MS);
    const openWay = hasOpenWay();
    const lateMs = toldLateMs + (openWay ? 0 : NEW_WAY_MS);
    const askedAt = performance.now();
    const answer = await depart({ endpoint, ticket, productIds: needed, unusedIds, lateMs, aheadMs: AHEAD_MS });
    const answeredAt = performance.now();
    learnTrip(answeredAt - askedAt);
    const { from, to } = whenSeen({ askedAt, answeredAt, redisMs: answer.redisMs });
    if (answer.kind === "go") {
      const grantedAt = from + answer.waitMs;
      const mostLateMs = MAX_LATE_MS + toldLateMs;
      let late = latenessMs(askedAt);
      if (late <= mostLateMs) {
        await sleepUntil(to + answer.waitMs);
        late = latenessMs(grantedAt);
      }
      const taken = isTaken({ openWay });
      if (late <= mostLateMs && !taken) return { kind: "go", grantedAt };
      // Where Redis is slow or this process is busy, the next moment is asked for with as much to spare.
      if (!taken) toldLateMs = Math.min(Math.ceil(late), MAX_TOLD_LATE_MS);
      dueAt = performance.now();
      continue;
    }
    refusal = { kind: "not_now", waitMs: answer.waitMs, because: answer.because };
    if (answer.because === "breaker" || answer.because === "settling" || answer.waitMs > MAX_SHORT_WAIT_MS) break;
    dueAt = askedAt + answer.waitMs;
    if (dueAt > giveUpAt) break;
  }
  await giveBackQuietly(turn, needed);
  return refusal;
}

/** Whether another call took the open connection that the departure reckoned with. */
function isTaken({ openWay }: { openWay: boolean }): boolean {
  return openWay && !hasOpenWay();
}

/** What is not given back is forgotten by itself, so this fails nothing. */
async function giveBackQuietly(turn: Turn, productIds: readonly number[]): Promise<void> {
  try {
    await giveBack(turn, [...new Set([...turn.held, ...productIds])]);
  } catch (thrown) {
    log.warn("A turn at the supplier could not be given back", { endpoint: turn.endpoint, err: asError(thrown) });
  }
}

const TRIPS_KEPT = 20;
/** However slow Redis is, no more than this is taken for its way: processes with different ways share one timetable. */
const MAX_TRIP_MS = 100;
const trips: number[] = [];

function learnTrip(tripMs: number): void {
  trips.push(tripMs);
  if (trips.length > TRIPS_KEPT) trips.shift();
}

/** How long ago a moment was that was granted or asked for, less the shortest of the last ways to Redis and back. */
function latenessMs(from: number): number {
  const shortest = trips.length < TRIPS_KEPT ? 0 : Math.min(MAX_TRIP_MS, ...trips);
  return performance.now() - from - shortest;
}

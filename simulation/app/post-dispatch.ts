import { checkoutOutcome } from "@/lib/bamboo/checkout";
import { ATTEMPT_OVER_MS, faultOf } from "@/lib/dispatch/next-action";
import { committed, db, redis, redisAnswer } from "../engine/awaits";
import { count } from "../engine/tally";
import { type Awaits, DONE, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { pause } from "../outside/budget";
import type { Attempt, Dispatch } from "../store/rows";
import { callCheckout } from "./call-supplier";
import { recordOutcome } from "./record-outcome";
import { giveBackTurn, type NotNow, reserveTurn, type Turn, takePlaces } from "./turns";

const MAX_TURN_WAIT_MS = 8_000;
const BUSY_WAIT_MS = 1_000;
const OURS_PAUSE_MS = 15_000;
const TOLD = { placed: "POST placed", rejected: "POST rejected", throttled: "POST throttled", unknown: "POST unknown" } as const;

/** Follows lib/dispatch/post-dispatch.ts. DONE when it was posted, else how long to wait. */
export function* postDispatch(world: World, process: Process, dispatch: Dispatch, known: number, given: Turn | null): Steps {
  yield db(world);
  const turn = given ?? (yield* takeTurn(world, dispatch.productIds));
  if (turn.kind === "not_now") return turn.waitMs;
  yield* writeJournal(world);
  const place = yield* beginAttempt(world, dispatch, known);
  if (place === BUSY) {
    yield* giveBackTurn(world, turn, dispatch.productIds);
    return BUSY_WAIT_MS;
  }
  const requestId = requestIdOf(world, dispatch, place);
  const answer = yield* callCheckout(world, process, turn, dispatch, requestId);
  if (answer.kind === "not_now") {
    count(world.tally.facts, "kept back at the last moment");
    yield* recordOutcome(world, process, dispatch, place, { kind: "throttled", waitSeconds: 1 });
    return answer.waitMs;
  }
  const outcome = checkoutOutcome(requestId, answer);
  count(world.tally.answers, TOLD[outcome.kind]);
  yield* recordOutcome(world, process, dispatch, place, outcome);
  if (outcome.kind === "rejected" && faultOf(outcome.reason) === "ours") {
    yield redis(world);
    pause(world.budgets, world.nowMs, "placeOrder", OURS_PAUSE_MS);
    const backMs = redisAnswer(world);
    if (backMs > 0) yield backMs;
  }
  return DONE;
}

function* takeTurn(world: World, productIds: readonly number[]): Awaits<Turn | NotNow> {
  const turn = yield* reserveTurn(world, "placeOrder", MAX_TURN_WAIT_MS);
  if (turn.kind === "not_now") return turn;
  const full = yield* takePlaces(world, turn, productIds);
  if (full.size === 0) return turn;
  yield* giveBackTurn(world, turn, productIds);
  return { kind: "not_now", waitMs: Math.max(...full.values()), because: "product" };
}

/** Follows lib/dispatch/purchase-journal.ts as far as it can fail: then nothing goes out. */
function* writeJournal(world: World): Steps {
  yield redis(world);
  const backMs = redisAnswer(world);
  if (backMs > 0) yield backMs;
  return DONE;
}

const BUSY = -1;

/** Follows lib/dispatch/begin-attempt.ts. Answers the attempt's place, or BUSY. */
function* beginAttempt(world: World, dispatch: Dispatch, known: number): Steps {
  yield db(world);
  const { attempts, status } = dispatch;
  const inFlight = attempts.some(
    ({ finishedAtMs, startedAtMs }) => finishedAtMs === null && startedAtMs > world.nowMs - ATTEMPT_OVER_MS,
  );
  // The number after those known is unique.
  if (status !== "prepared" || inFlight || attempts.length !== known) return BUSY;
  const attempt: Attempt = {
    number: known + 1,
    startedAtMs: world.nowMs,
    finishedAtMs: null,
    outcome: null,
    reason: null,
    requestId: dispatch.id,
  };
  attempts.push(attempt);
  committed(world);
  return known;
}

function requestIdOf({ planted }: World, dispatch: Dispatch, attempt: number): string {
  const row = dispatch.attempts[attempt];
  if (!row || planted !== "new-request-id") return dispatch.id;
  row.requestId = `${dispatch.id}-${row.number}`;
  return row.requestId;
}

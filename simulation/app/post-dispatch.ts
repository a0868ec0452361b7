import { checkoutOutcome } from "@/lib/bamboo/checkout";
import { ATTEMPT_OVER_MS, faultOf } from "@/lib/dispatch/next-action";
import { committed, db, redis, redisAnswer } from "../engine/awaits";
import { count } from "../engine/tally";
import { currentTask, DONE, PARKED, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { SILENCE } from "../outside/answers";
import { pause } from "../outside/budget";
import { sendCheckout } from "../outside/network";
import type { Attempt, Dispatch } from "../store/rows";
import { noteCall } from "./note-call";
import { recordOutcome } from "./record-outcome";
import { checkoutSlot, isLate, newSlot, type Slot, waitForSlot } from "./slots";

const MAX_SLOT_WAIT_MS = 8_000;
const MAX_NEW_SLOTS = 3;
const BUSY_WAIT_MS = 1_000;
const OURS_PAUSE_MS = 15_000;
const TOLD = { placed: "POST placed", rejected: "POST rejected", throttled: "POST throttled", unknown: "POST unknown" } as const;

/** Follows lib/dispatch/post-dispatch.ts. DONE when it was posted, else how long to wait. */
export function* postDispatch(world: World, process: Process, dispatch: Dispatch, known: number, given: Slot | null): Steps {
  yield db(world);
  const slot: Slot = given ?? newSlot();
  if (!given && !(yield* nextSlot(world, slot, dispatch, false))) return slot.waitMs;
  const attempt = yield* beginAttempt(world, dispatch, known);
  if (attempt === BUSY) return BUSY_WAIT_MS;
  for (let tries = 0; isLate(world, slot); tries++) {
    const again = tries < MAX_NEW_SLOTS && (yield* nextSlot(world, slot, dispatch, true));
    if (again) continue;
    yield* recordOutcome(world, process, dispatch, attempt, { kind: "throttled", waitSeconds: 1 });
    return tries < MAX_NEW_SLOTS ? slot.waitMs : BUSY_WAIT_MS;
  }
  const requestId = requestIdOf(world, dispatch, attempt);
  if (world.trace) world.trace(process.name, `posts ${requestId}, attempt ${attempt + 1}`);
  sendCheckout(world, dispatch, requestId);
  yield PARKED;
  const outcome = checkoutOutcome(requestId, currentTask(world).exchange ?? SILENCE);
  count(world.tally.answers, TOLD[outcome.kind]);
  yield* noteCall(world, "placeOrder", outcome.kind !== "unknown", outcome.kind === "throttled" ? outcome.waitSeconds : 0);
  yield* recordOutcome(world, process, dispatch, attempt, outcome);
  if (outcome.kind === "rejected" && faultOf(outcome.reason) === "ours") {
    yield redis(world);
    pause(world.budgets, world.nowMs, "placeOrder", OURS_PAUSE_MS);
    const backMs = redisAnswer(world);
    if (backMs > 0) yield backMs;
  }
  return DONE;
}

/** 1 when a slot was granted and waited for. */
function* nextSlot(world: World, slot: Slot, { productIds }: Dispatch, entered: boolean): Steps {
  yield* checkoutSlot(world, slot, productIds, MAX_SLOT_WAIT_MS, entered);
  return yield* waitForSlot(world, slot);
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

import { db, sleep } from "../engine/awaits";
import { Outage } from "../engine/failures";
import { type Awaits, DONE, fork, type Process, pause, type Steps, type Waiter, wakeWaiter } from "../engine/tasks";
import type { World } from "../engine/world";
import { advanceDispatch } from "./advance-dispatch";
import { type Claimed, claimNext, somethingCanGo } from "./claim-next";
import { promiseToLook, takePromiseBack } from "./drain-watch";
import { leadTimeMs, learnLeadTime } from "./lead-time";
import { relayOutbox } from "./relay-outbox";
import { giveBackTurn, reserveTurn, type Turn } from "./turns";

/** What a drain answers beside a wait in milliseconds. */
export const EMPTY = -4;
export const MORE = -5;

const DRAIN_MS = 15_000;
const PATIENCE_MS = 60_000;
const MAX_IN_FLIGHT = 8;
const MAX_TURN_WAIT_MS = 4_000;
const LOOK_AGAIN_MS = 250;
const PROMISE_MS = MAX_TURN_WAIT_MS + 3_000;

/** Dispatches under way, and the drain where it waits for one to land. */
interface Flights {
  count: number;
  waiter: Waiter;
}

/** Follows lib/dispatch/drain.ts with the relay after each dispatch. Answers EMPTY, MORE or how long to wait. */
export function* drain(world: World, process: Process): Steps {
  const drainer = ++world.drainers;
  const flights: Flights = { count: 0, waiter: null };
  const untilMs = world.nowMs + DRAIN_MS;
  let next = MORE;
  let closed = false;
  try {
    while (world.nowMs < untilMs) {
      if (flights.count >= MAX_IN_FLIGHT) yield pause(world, flights);
      yield* promises(world, drainer);
      const step = yield* claimForTurn(world, process);
      if (step.kind === "claimed") {
        fly(world, process, step, flights);
        continue;
      }
      closed = step.kind === "closed";
      next = step.kind === "empty" ? EMPTY : step.waitMs;
      if (step.kind === "empty" || step.waitMs > PATIENCE_MS) break;
      next = MORE;
      yield sleep(world, Math.max(Math.min(step.waitMs, LOOK_AGAIN_MS, untilMs - world.nowMs), 0));
    }
  } finally {
    yield* takePromiseBack(world, drainer);
    while (flights.count > 0) yield pause(world, flights);
  }
  const mayHaveMissed = next !== MORE && !closed;
  return mayHaveMissed && (yield* somethingCanGo(world)) ? MORE : next;
}

/** Goes on beside the claim, which is carried out whatever becomes of the promise. */
function* promises(world: World, drainer: number): Steps {
  try {
    yield* promiseToLook(world, drainer, PROMISE_MS);
  } catch (thrown) {
    if (!(thrown instanceof Outage)) throw thrown;
  }
  return DONE;
}

type Step =
  | (Extract<Claimed, { kind: "claimed" }> & { turn: Turn })
  | Exclude<Claimed, { kind: "claimed" }>
  | { kind: "closed"; waitMs: number };

const NOTHING: Step = { kind: "empty" };

function* claimForTurn(world: World, process: Process): Awaits<Step> {
  const turn = yield* reserveTurn(world, "placeOrder", MAX_TURN_WAIT_MS);
  if (turn.kind === "not_now") return (yield* somethingWaits(world)) ? { kind: "closed", waitMs: turn.waitMs } : NOTHING;
  const aheadMs = turn.dueAtMs - leadTimeMs(process) - world.nowMs;
  if (aheadMs > 0) {
    if (!(yield* somethingWaits(world))) return yield* unused(world, turn, NOTHING);
    yield sleep(world, aheadMs);
  }
  const startedAtMs = world.nowMs;
  const claimed = yield* claimNext(world, process, turn);
  if (claimed.kind !== "claimed") return yield* unused(world, turn, claimed);
  learnLeadTime(process, world.nowMs - startedAtMs);
  return { ...claimed, turn };
}

function* unused(world: World, turn: Turn, step: Step): Awaits<Step> {
  yield* giveBackTurn(world, turn, []);
  return step;
}

function fly(world: World, process: Process, { dispatch, turn }: Extract<Step, { kind: "claimed" }>, flights: Flights): void {
  flights.count += 1;
  fork(world, process, flight(world, process, dispatch, turn), () => {
    flights.count -= 1;
    wakeWaiter(world, flights);
  });
}

function* flight(world: World, process: Process, dispatch: Parameters<typeof advanceDispatch>[2], turn: Turn): Steps {
  const result = yield* advanceDispatch(world, process, dispatch, turn);
  yield* relayOutbox(world, process);
  return result;
}

function* somethingWaits(world: World): Awaits<boolean> {
  yield db(world);
  return world.tables.orders.some(({ lines }) => lines.some(({ status }) => status === "queued"));
}

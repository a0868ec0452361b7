import { performance } from "node:perf_hooks";
import type { Turn } from "@/lib/bamboo";
import { sleep } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { asError, log } from "@/lib/log";
import { supplier } from "@/lib/supplier";
import { advanceDispatch } from "./advance-dispatch";
import { type Claimed, claimNext, lookOnce } from "./claim-next";
import { promiseToLook, takePromiseBack } from "./drain-watch";
import { leadTime } from "./lead-time";
import { somethingWaits } from "./load-waiting";

export interface Drained {
  /** Dispatches that went out, or were tried to. */
  dispatches: number;
  /** `wait` is for a product's pace, `closed` for the endpoint itself: paused, or its breaker open. */
  next: { kind: "empty" } | { kind: "more" } | { kind: "wait" | "closed"; waitMs: number };
}

interface Options {
  /** Called after each dispatch: what it has to tell the queue is committed by then. */
  afterEach?: () => Promise<unknown>;
  /** For how long new turns are taken; what is in flight is waited for. */
  forMs?: number;
  /** Longer waits are answered at once instead of waited out here, where one drainer is enough and whatever comes new is seen. */
  patienceMs?: number;
}

const DRAIN_MS = 15_000;
/** The caller sleeps what is longer, durably. */
const PATIENCE_MS = 60_000;
/** A slow supplier must not hold up the turns after it, nor take every connection. */
const MAX_IN_FLIGHT = 8;
/** A longer wait for a turn is not reserved, so that nothing is claimed for it. */
const MAX_TURN_WAIT_MS = 4_000;
/** While all that waits has to, whatever comes new is looked for so often. */
const LOOK_AGAIN_MS = 250;
/** Paused, or the breaker open: nothing can go, whatever comes. */
const LOOK_WHEN_CLOSED_MS = 1_000;
/** Beyond the longest time between two looks. */
const PROMISE_MS = MAX_TURN_WAIT_MS + 3_000;

/**
 * Buys what waits: a turn of the place-order budget first, then, just before it is due, whatever fits goes into one dispatch. Dispatches
 * are in flight beside each other. Answers when nothing is left, or when to come back.
 */
export async function drain({ afterEach, forMs = DRAIN_MS, patienceMs = PATIENCE_MS }: Options = {}): Promise<Drained> {
  const drainer = newId();
  const inFlight = new Set<Promise<void>>();
  const untilMs = performance.now() + forMs;
  let dispatches = 0;
  let next: Drained["next"] = { kind: "more" };
  try {
    while (performance.now() < untilMs) {
      if (inFlight.size >= MAX_IN_FLIGHT) await Promise.race(inFlight);
      const [step] = await Promise.all([claimForTurn(dispatches > 0), harmless(promiseToLook(drainer, PROMISE_MS))]);
      if (step.kind === "claimed") {
        dispatches += 1;
        const flight: Promise<void> = fly(step, afterEach).finally(() => inFlight.delete(flight));
        inFlight.add(flight);
        continue;
      }
      next = step;
      if (step.kind === "empty" || step.waitMs > patienceMs) break;
      next = { kind: "more" };
      const lookAgainMs = step.kind === "closed" ? LOOK_WHEN_CLOSED_MS : LOOK_AGAIN_MS;
      await sleep(Math.min(step.waitMs, lookAgainMs, untilMs - performance.now()));
    }
  } finally {
    await harmless(takePromiseBack(drainer));
    await Promise.all(inFlight);
  }
  // What came between the last look and the word taken back was told to nobody.
  if (next.kind !== "empty" && next.kind !== "wait") return { dispatches, next };
  const last = await lookOnce();
  return { dispatches, next: last.kind === "claim" ? { kind: "more" } : last };
}

type Step =
  | (Extract<Claimed, { kind: "claimed" }> & { turn: Turn })
  | Exclude<Claimed, { kind: "claimed" }>
  | { kind: "closed"; waitMs: number };

/** `busy`: it has just bought, so more is likely to come until the turn is due, and no other drainer need be called for it. */
async function claimForTurn(busy: boolean): Promise<Step> {
  const reserved = await supplier().reserve("placeOrder", MAX_TURN_WAIT_MS);
  if (reserved.kind === "not_now")
    return (await somethingWaits()) ? { kind: "closed", waitMs: reserved.waitMs } : { kind: "empty" };
  const { turn } = reserved;
  try {
    return await claimBefore(turn, busy);
  } catch (thrown) {
    await harmless(supplier().giveBack(turn));
    throw thrown;
  }
}

async function claimBefore(turn: Turn, busy: boolean): Promise<Step> {
  const aheadMs = turn.dueAt - leadTime.ms() - performance.now();
  if (aheadMs > 0) {
    if (!busy && !(await somethingWaits())) return unused(turn, { kind: "empty" });
    await sleep(aheadMs);
  }
  const startedAt = performance.now();
  const claimed = await claimNext(turn);
  if (claimed.kind !== "claimed") return unused(turn, claimed);
  leadTime.learn(performance.now() - startedAt);
  return { ...claimed, turn };
}

async function unused(turn: Turn, step: Exclude<Claimed, { kind: "claimed" }>): Promise<Step> {
  await supplier().giveBack(turn);
  return step;
}

/** Without its word a drainer is told of work that it sees anyway; a word or a turn that is not taken back is over by itself. */
async function harmless(work: Promise<unknown>): Promise<void> {
  await work.catch((thrown: unknown) => log.warn("The cache did not take note of the drain", { err: asError(thrown) }));
}

/** A dispatch that failed on its way is in the database, and whoever sweeps comes for it: the others go on. */
async function fly({ dispatchId, turn }: { dispatchId: string; turn: Turn }, afterEach: Options["afterEach"]): Promise<void> {
  try {
    await advanceDispatch(dispatchId, { turn });
    await afterEach?.();
  } catch (thrown) {
    log.error("A dispatch was left to the sweep", { dispatchId, err: asError(thrown) });
  }
}

import { wholeSeconds } from "@/inngest/waits";
import { EMPTY, MORE } from "../app/drain";
import { advanceStep, dispatchStep, sweepStep } from "../app/steps";
import { happens } from "../engine/faults";
import { count } from "../engine/tally";
import { DONE, FAILED, run } from "../engine/tasks";
import type { World } from "../engine/world";
import type { Dispatch } from "../store/rows";
import { aliveProcess } from "./processes";

/** One run of a function, as the queue keeps it: it outlives every process. */
export interface Run {
  name: "dispatch-orders" | "settle-dispatch" | "sweep";
  dispatch: Dispatch | null;
  turn: number;
  failures: number;
  /** A step of it is carried out. */
  executing: boolean;
  /** A step of it is due, and the queue's concurrency keeps it back. */
  queued: boolean;
  /** The queue forgot its concurrency for this run. */
  unlimited: boolean;
  /** Waits for `bamboo/notified` about its dispatch. */
  listening: boolean;
  /** Counts its waits: a timer of an earlier one comes too late. */
  waits: number;
}

/** As configured in inngest/functions. */
const MAX_TURNS = { "dispatch-orders": 20, "settle-dispatch": 60, sweep: 1 } as const;
const RETRIES = { "dispatch-orders": 3, "settle-dispatch": 5, sweep: 0 } as const;
/** Steps at once, for each purchase where there is one; a run that sleeps does not count. */
const CONCURRENCY = { "dispatch-orders": 5, "settle-dispatch": 1, sweep: 1 } as const;
/** Runs of one kind, for one purchase, that the queue keeps here; the real one has no such bound. */
const MAX_ALIKE = { "dispatch-orders": 5, "settle-dispatch": 3, sweep: 2 } as const;
const BACKOFF_MS = [15_000, 30_000, 60_000, 120_000, 300_000] as const;
const JITTER_MS = 15_000;
const WAY_MS = [1, 300] as const;

/** Starts a run beside those that there are: concurrency keeps back steps, not runs. */
export function startRun(world: World, name: Run["name"], dispatch: Dispatch | null = null): void {
  const doubled = happens(world, "run-doubled");
  const room = MAX_ALIKE[name] - alike(world, name, dispatch);
  if (room > 0) begin(world, name, dispatch, doubled);
  if (doubled && room > 1) begin(world, name, dispatch, doubled);
}

function alike({ runs }: World, name: Run["name"], dispatch: Dispatch | null): number {
  let found = 0;
  for (const other of runs) if (other.name === name && other.dispatch === dispatch) found += 1;
  return found;
}

function executing({ runs }: World, name: Run["name"], dispatch: Dispatch | null): number {
  let found = 0;
  for (const other of runs) if (other.executing && other.name === name && other.dispatch === dispatch) found += 1;
  return found;
}

function begin(world: World, name: Run["name"], dispatch: Dispatch | null, unlimited: boolean): void {
  const started: Run = {
    name,
    dispatch,
    turn: 0,
    failures: 0,
    executing: false,
    queued: false,
    unlimited,
    listening: false,
    waits: 0,
  };
  world.runs.push(started);
  later(world, started, world.random.within(WAY_MS));
}

/** `bamboo/notified`: whoever waits for news of the dispatch wakes. */
export function tellRuns(world: World, dispatch: Dispatch): void {
  for (const listener of world.runs) {
    if (!listener.listening || listener.dispatch !== dispatch) continue;
    listener.waits += 1;
    later(world, listener, world.random.within(WAY_MS));
  }
}

function later(world: World, waiting: Run, waitMs: number): void {
  const { waits } = waiting;
  world.agenda.add(world.nowMs + waitMs, () => {
    if (waiting.waits === waits) step(world, waiting);
  });
}

function step(world: World, running: Run): void {
  running.listening = false;
  running.waits += 1;
  const { name, dispatch } = running;
  running.queued = !running.unlimited && executing(world, name, dispatch) >= CONCURRENCY[name];
  if (running.queued) return;
  running.executing = true;
  const process = aliveProcess(world);
  if (!process) {
    ended(world, running, FAILED);
    return;
  }
  const steps = dispatch
    ? advanceStep(world, process, dispatch)
    : name === "sweep"
      ? sweepStep(world, process)
      : dispatchStep(world, process);
  run(world, process, steps, (result) => ended(world, running, result));
}

function ended(world: World, running: Run, result: number): void {
  running.executing = false;
  letNextIn(world, running);
  if (result === FAILED) {
    retry(world, running);
    return;
  }
  running.failures = 0;
  running.turn += 1;
  const usedUp = running.turn >= MAX_TURNS[running.name];
  if (usedUp && result !== DONE) count(world.tally.facts, `${running.name} used up`);
  if (result === EMPTY || result === DONE || usedUp) finish(world, running);
  else if (result === MORE) later(world, running, world.random.within(WAY_MS));
  else {
    running.listening = running.dispatch !== null;
    later(world, running, Number.parseInt(wholeSeconds(result), 10) * 1_000);
  }
}

/** The run that waited longest for the step that is over. */
function letNextIn(world: World, { name, dispatch }: Run): void {
  for (const other of world.runs) {
    if (!other.queued || other.name !== name || other.dispatch !== dispatch) continue;
    other.queued = false;
    later(world, other, world.random.within(WAY_MS));
    return;
  }
}

function retry(world: World, running: Run): void {
  if (running.failures >= RETRIES[running.name]) {
    finish(world, running);
    return;
  }
  const backoffMs = BACKOFF_MS[running.failures] ?? BACKOFF_MS[0];
  running.failures += 1;
  later(world, running, backoffMs + world.random.between(0, JITTER_MS));
}

function finish({ runs }: World, over: Run): void {
  const place = runs.indexOf(over);
  if (place >= 0) runs.splice(place, 1);
}

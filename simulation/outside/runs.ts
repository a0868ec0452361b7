import { wholeSeconds } from "@/inngest/waits";
import { EMPTY, LOST, PLACED } from "../app/place-next";
import { advanceStep, dispatchStep, sweepStep } from "../app/steps";
import { happens } from "../engine/faults";
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
  /** Waits for `bamboo/notified` about its dispatch. */
  listening: boolean;
  /** Counts its waits: a timer of an earlier one comes too late. */
  waits: number;
}

/** As configured in inngest/functions. */
const MAX_TURNS = { "dispatch-orders": 25, "settle-dispatch": 60, sweep: 1 } as const;
const RETRIES = { "dispatch-orders": 3, "settle-dispatch": 5, sweep: 0 } as const;
const MAX_ALIKE = 5;
const BACKOFF_MS = [15_000, 30_000, 60_000, 120_000, 300_000] as const;
const JITTER_MS = 15_000;
const WAY_MS = [1, 300] as const;

/** Starts a run, unless the queue's concurrency keeps it back: what it would have seen, the one under way sees. */
export function startRun(world: World, name: Run["name"], dispatch: Dispatch | null = null): void {
  const alike = world.runs.filter((other) => other.name === name && other.dispatch === dispatch).length;
  const doubled = happens(world, "run-doubled");
  if (alike >= (doubled || name === "dispatch-orders" ? MAX_ALIKE : 1)) return;
  begin(world, name, dispatch);
  if (doubled) begin(world, name, dispatch);
}

function begin(world: World, name: Run["name"], dispatch: Dispatch | null): void {
  const started: Run = { name, dispatch, turn: 0, failures: 0, listening: false, waits: 0 };
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
  const process = aliveProcess(world);
  if (!process) {
    ended(world, running, FAILED);
    return;
  }
  const { dispatch } = running;
  const steps = dispatch
    ? advanceStep(world, process, dispatch)
    : running.name === "sweep"
      ? sweepStep(world, process)
      : dispatchStep(world, process);
  run(world, process, steps, (result) => ended(world, running, result));
}

function ended(world: World, running: Run, result: number): void {
  if (result === FAILED) {
    retry(world, running);
    return;
  }
  running.failures = 0;
  running.turn += 1;
  if (result === EMPTY || result === DONE || running.turn >= MAX_TURNS[running.name]) finish(world, running);
  else if (result === PLACED || result === LOST) later(world, running, world.random.within(WAY_MS));
  else {
    running.listening = running.dispatch !== null;
    later(world, running, Number.parseInt(wholeSeconds(result), 10) * 1_000);
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

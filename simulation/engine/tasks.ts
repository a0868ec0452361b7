import type { Exchange } from "@/lib/bamboo/request";
import { endEvent } from "./events";
import { OUTAGE, Outage, Refused } from "./failures";
import { happens } from "./faults";
import type { World } from "./world";

/**
 * A verb as the simulation runs it: each `yield` is one await and says for how many milliseconds; PARKED waits until somebody wakes it.
 * What follows a `yield` happens at the end of the await: a statement commits there, and a crash before it leaves nothing.
 */
export type Steps = Generator<number, number, void>;
/** A part of a verb, with what it answers. */
export type Awaits<Answer> = Generator<number, Answer, void>;

export const PARKED = -1;
/** Results of steps; anything from 0 on is a wait in milliseconds. */
export const DONE = -1;
export const FAILED = -2;

export interface Process {
  number: number;
  name: string;
  alive: boolean;
  /** How far its own clock is from the database's. */
  skewMs: number;
  tasks: Set<Task>;
  /** How long its last claims took, in milliseconds. */
  claimsMs: number[];
  /** Its last ways to Redis and back for a departure. */
  trips: number[];
  /** Connections to the supplier that are open and free, by until when. */
  waysOpenUntilMs: number[];
  relaying: boolean;
  relayWanted: boolean;
}

export interface Task {
  process: Process;
  steps: Steps;
  /** Counts the awaits: what was to end an earlier one comes too late. */
  awaits: number;
  over: boolean;
  /** The await that is under way ends in an outage. */
  fails: boolean;
  /** The process does not see the end of the await that is under way. */
  dies: boolean;
  /** What a request to the supplier came back with. */
  exchange: Exchange | null;
  ended: (result: number) => void;
}

const MIN_DOWN_MS = 300;
const MAX_DOWN_MS = 20_000;

/** Runs a verb on a process. `ended` hears its result, or FAILED when it threw or its process died. */
export function run(world: World, process: Process, steps: Steps, ended: (result: number) => void): void {
  proceed(world, newTask(process, steps, ended));
}

/** Begins a verb beside the one that runs, which goes on first. */
export function fork(world: World, process: Process, steps: Steps, ended: (result: number) => void): void {
  const task = newTask(process, steps, ended);
  world.agenda.add(world.nowMs, () => wake(world, task, 0));
}

function newTask(process: Process, steps: Steps, ended: (result: number) => void): Task {
  const task: Task = { process, steps, awaits: 0, over: false, fails: false, dies: false, exchange: null, ended };
  process.tasks.add(task);
  return task;
}

/** The running verb's task. */
export function currentTask({ current }: World): Task {
  if (!current) throw new Error("Only a running verb awaits something");
  return current;
}

/** Ends the await number `awaits` of a task, if it is still under way. */
export function wake(world: World, task: Task, awaits: number, exchange: Exchange | null = null): void {
  if (task.over || task.awaits !== awaits) return;
  if (task.dies || happens(world, "crash")) {
    crash(world, task.process);
    return;
  }
  task.exchange = exchange;
  proceed(world, task);
}

/** Where a verb waits for others that it began; null while it does not. */
export type Waiter = { task: Task; awaits: number } | null;

/** As an await: until `wakeWaiter`. */
export function pause(world: World, waits: { waiter: Waiter }): number {
  const task = currentTask(world);
  waits.waiter = { task, awaits: task.awaits };
  return PARKED;
}

export function wakeWaiter(world: World, waits: { waiter: Waiter }): void {
  const { waiter } = waits;
  if (!waiter) return;
  waits.waiter = null;
  world.agenda.add(world.nowMs, () => wake(world, waiter.task, waiter.awaits));
}

/** Goes on from await to await; where something else comes first, the agenda takes over. */
function proceed(world: World, task: Task): void {
  for (;;) {
    const waitMs = resume(world, task);
    if (task.over || waitMs === PARKED) return;
    const { awaits } = task;
    const atMs = world.nowMs + Math.max(waitMs, 0);
    if (!world.agenda.isFreeUntil(atMs)) {
      world.agenda.add(atMs, () => wake(world, task, awaits));
      return;
    }
    endEvent(world);
    world.nowMs = atMs;
    if (task.dies || happens(world, "crash")) {
      crash(world, task.process);
      return;
    }
  }
}

/** Lets a verb run up to its next await, and answers how long that takes. */
function resume(world: World, task: Task): number {
  task.awaits += 1;
  world.current = task;
  let result: number;
  try {
    const { value, done } = task.fails ? fail(task) : task.steps.next();
    if (!done) return value;
    result = value;
  } catch (thrown) {
    if (!(thrown instanceof Outage || thrown instanceof Refused)) throw thrown;
    if (world.trace) world.trace(task.process.name, `gives up: ${thrown.message}`);
    result = FAILED;
  } finally {
    world.current = null;
  }
  task.over = true;
  task.process.tasks.delete(task);
  task.ended(result);
  return PARKED;
}

function fail(task: Task): IteratorResult<number, number> {
  task.fails = false;
  return task.steps.throw(OUTAGE);
}

/** A process dies as it stands: what it awaited goes on without it, its open transactions are rolled back. */
function crash(world: World, process: Process): void {
  process.alive = false;
  process.relaying = false;
  process.relayWanted = false;
  process.claimsMs = [];
  process.trips = [];
  process.waysOpenUntilMs = [];
  for (const row of world.tables.outbox) if (row.lockedBy === process.number) row.lockedBy = null;
  for (const order of world.tables.orders) if (order.lockedBy === process.number) order.lockedBy = null;
  if (world.trace) world.trace(process.name, `dies with ${process.tasks.size} verbs under way`);
  const dead = [...process.tasks];
  process.tasks.clear();
  for (const task of dead) task.over = true;
  for (const task of dead) task.ended(FAILED);
  world.agenda.add(world.nowMs + world.random.between(MIN_DOWN_MS, MAX_DOWN_MS), () => {
    process.alive = true;
    if (world.trace) world.trace(process.name, "starts again");
  });
}

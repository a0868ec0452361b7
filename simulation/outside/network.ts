import { CHECKOUT_TIMEOUT_MS } from "@/lib/bamboo/checkout";
import { happens } from "../engine/faults";
import { currentTask, type Process, type Task, wake } from "../engine/tasks";
import { owe, type World } from "../engine/world";
import type { Dispatch } from "../store/rows";
import { type Answer, garbled, SILENCE } from "./answers";
import { keepWay, NEW_WAY_MS, takeWay } from "./sockets";
import { receiveCheckout, receiveRead } from "./supplier";
import type { Sent } from "./supplier-rows";

/** lib/bamboo/get-order.ts gives a read up after this. */
const READ_TIMEOUT_MS = 20_000;
/**
 * Ordinary ways to the supplier, one kind for each seed. The longest is what BAMBOO_GUARD_MS (75) leaves beside the 20 ms that may pass
 * between the question to depart and the request: only requests within it count against our budgets, since nobody can space what the
 * network holds up for longer.
 */
export const WAYS_MS = [
  [2, 10],
  [10, 55],
  [10, 55],
  [40, 55],
] as const;
/** What the supplier takes to accept; a refusal comes at once. */
export const WORK_MS = [
  [0, 0],
  [60, 200],
  [150, 900],
] as const;
const LATE_REQUEST_MS = [
  [1_000, 20_000],
  [20_000, 120_000],
  [120_000, 1_800_000],
] as const;
const LATE_ANSWER_MS = [1_000, 60_000] as const;

/** What opening a connection first takes, up to what the application allows for. */
const OPENING_MS = [30, NEW_WAY_MS] as const;

interface Waiting {
  task: Task;
  awaits: number;
  openingMs: number;
  untilMs: number;
}

/** Sends a checkout; the running verb parks, and is woken with what came back. `inTime` says that it left as it should. */
export function sendCheckout(world: World, process: Process, dispatch: Dispatch, requestId: string, inTime: boolean): void {
  const waiting = begin(world, process, CHECKOUT_TIMEOUT_MS);
  const sent: Sent = { dispatch, requestId, copies: 1, refused: false };
  const receive = (onItsWay: boolean) => receiveCheckout(world, sent, inTime && onItsWay);
  if (happens(world, "request-doubled")) {
    sent.copies = 2;
    travel(world, waiting, receive, true);
  }
  send(world, waiting, receive);
}

/** Sends a read, in the same way. */
export function sendRead(world: World, process: Process, requestId: string): void {
  const waiting = begin(world, process, READ_TIMEOUT_MS);
  send(world, waiting, () => receiveRead(world, requestId));
}

function send(world: World, waiting: Waiting, receive: (inTime: boolean) => Answer): void {
  if (happens(world, "request-lost")) giveUp(world, waiting);
  else travel(world, waiting, receive, happens(world, "request-late"));
}

/** A call takes a connection that is open, or opens one first. */
function begin(world: World, process: Process, timeoutMs: number): Waiting {
  const task = currentTask(world);
  const { nowMs, random } = world;
  const openingMs = takeWay(process, nowMs) ? 0 : random.within(OPENING_MS);
  return { task, awaits: task.awaits, openingMs, untilMs: nowMs + timeoutMs };
}

function travel(world: World, waiting: Waiting, receive: (inTime: boolean) => Answer, late: boolean): void {
  const { random } = world;
  const arrivesAtMs = world.nowMs + waiting.openingMs + random.within(late ? random.pick(LATE_REQUEST_MS) : world.wayMs);
  owe(world, arrivesAtMs);
  if (arrivesAtMs >= waiting.untilMs) giveUp(world, waiting);
  world.agenda.add(arrivesAtMs, () => {
    const answer = receive(!late);
    if (world.trace) world.trace("supplier", `answers ${answer.status} ${answer.body.slice(0, 60)}`);
    giveBack(world, waiting, answer);
  });
}

function giveBack(world: World, waiting: Waiting, answer: Answer): void {
  const { random, nowMs } = world;
  const cut = happens(world, "answer-cut");
  const workMs = answer.status < 300 ? random.within(world.workMs) : 0;
  const atMs = nowMs + workMs + random.within(happens(world, "answer-late") ? LATE_ANSWER_MS : world.wayMs);
  if (happens(world, "answer-lost") || atMs >= waiting.untilMs) giveUp(world, waiting);
  else if (cut) comeBack(world, waiting, atMs, null);
  else comeBack(world, waiting, atMs, garbled(world, answer));
}

function giveUp(world: World, waiting: Waiting): void {
  comeBack(world, waiting, Math.max(waiting.untilMs, world.nowMs), null);
}

function comeBack(world: World, { task, awaits }: Waiting, atMs: number, answer: Answer | null): void {
  world.agenda.add(atMs, () => {
    if (answer && task.awaits === awaits) keepWay(task.process, world.nowMs + world.openForMs);
    wake(world, task, awaits, answer ?? SILENCE);
  });
}

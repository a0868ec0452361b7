import { CHECKOUT_TIMEOUT_MS } from "@/lib/bamboo/checkout";
import { happens } from "../engine/faults";
import { currentTask, type Task, wake } from "../engine/tasks";
import { owe, type World } from "../engine/world";
import type { Dispatch } from "../store/rows";
import { type Answer, garbled, SILENCE } from "./answers";
import { receiveCheckout, receiveRead } from "./supplier";
import type { Sent } from "./supplier-rows";

/** lib/bamboo/get-order.ts gives a read up after this. */
const READ_TIMEOUT_MS = 20_000;
/**
 * An ordinary way to the supplier. The spread is what GUARD_MS leaves beside the lateness that post-dispatch.ts allows at the start:
 * only requests within it count against our budgets, since nobody can space what the network holds up for longer.
 */
const WAY_MS = [10, 140] as const;
const LATE_REQUEST_MS = [
  [1_000, 20_000],
  [20_000, 120_000],
  [120_000, 1_800_000],
] as const;
const LATE_ANSWER_MS = [1_000, 60_000] as const;

interface Waiting {
  task: Task;
  awaits: number;
  untilMs: number;
}

/** Sends a checkout; the running verb parks, and is woken with what came back. */
export function sendCheckout(world: World, dispatch: Dispatch, requestId: string): void {
  const waiting = begin(world, CHECKOUT_TIMEOUT_MS);
  const sent: Sent = { dispatch, requestId, copies: 1, refused: false };
  const receive = (inTime: boolean) => receiveCheckout(world, sent, inTime);
  if (happens(world, "request-doubled")) {
    sent.copies = 2;
    travel(world, waiting, receive, true);
  }
  send(world, waiting, receive);
}

/** Sends a read, in the same way. */
export function sendRead(world: World, requestId: string): void {
  const waiting = begin(world, READ_TIMEOUT_MS);
  send(world, waiting, () => receiveRead(world, requestId));
}

function send(world: World, waiting: Waiting, receive: (inTime: boolean) => Answer): void {
  if (happens(world, "request-lost")) giveUp(world, waiting);
  else travel(world, waiting, receive, happens(world, "request-late"));
}

function begin(world: World, timeoutMs: number): Waiting {
  const task = currentTask(world);
  return { task, awaits: task.awaits, untilMs: world.nowMs + timeoutMs };
}

function travel(world: World, waiting: Waiting, receive: (inTime: boolean) => Answer, late: boolean): void {
  const { random } = world;
  const arrivesAtMs = world.nowMs + random.within(late ? random.pick(LATE_REQUEST_MS) : WAY_MS);
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
  const atMs = nowMs + random.within(happens(world, "answer-late") ? LATE_ANSWER_MS : WAY_MS);
  if (happens(world, "answer-lost") || atMs >= waiting.untilMs) giveUp(world, waiting);
  else if (cut) comeBack(world, waiting, atMs, null);
  else comeBack(world, waiting, atMs, garbled(world, answer));
}

function giveUp(world: World, waiting: Waiting): void {
  comeBack(world, waiting, Math.max(waiting.untilMs, world.nowMs), null);
}

function comeBack(world: World, { task, awaits }: Waiting, atMs: number, answer: Answer | null): void {
  world.agenda.add(atMs, () => wake(world, task, awaits, answer ?? SILENCE));
}

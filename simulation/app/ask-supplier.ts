import { findReason } from "@/lib/bamboo/reasons";
import type { Exchange } from "@/lib/bamboo/request";
import { type SupplierOrder, toSupplierOrder } from "@/lib/bamboo/supplier-order";
import { throttleSeconds } from "@/lib/bamboo/throttle";
import type { WireOrder } from "@/lib/bamboo/wire";
import type { DispatchFacts } from "@/lib/dispatch/next-action";
import { learn, type ReadLesson } from "@/lib/dispatch/read-pace";
import { committed, db } from "../engine/awaits";
import { Outage } from "../engine/failures";
import { count } from "../engine/tally";
import { type Awaits, DONE, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import type { Dispatch } from "../store/rows";
import { callOrder } from "./call-supplier";
import { markInDoubt, markPlaced } from "./record-outcome";
import { settleDispatch } from "./settle-dispatch";
import { reserveTurn } from "./turns";

const MAX_TURN_WAIT_MS = 8_000;
const TOLD = {
  open: "read open",
  final: "read final",
  not_found: "read not found",
  unclear: "read unclear",
  throttled: "read throttled",
} as const;

/** Follows lib/dispatch/ask-supplier.ts. DONE when it was asked, else how long to wait. */
export function* askSupplier(world: World, process: Process, dispatch: Dispatch): Steps {
  const turn = yield* reserveTurn(world, "getOrder", MAX_TURN_WAIT_MS);
  if (turn.kind === "not_now") return turn.waitMs;
  const requestId = dispatch.attempts.at(-1)?.requestId ?? dispatch.id;
  const askedAtMs = Math.max(world.nowMs, turn.dueAtMs);
  const answer = yield* callOrder(world, turn, requestId);
  const agoMs = Math.max(world.nowMs - askedAtMs, 0);
  if (answer.kind === "not_now") return answer.waitMs;
  const reading = readingOf(answer, requestId);
  count(world.tally.answers, TOLD[reading.kind === "found" ? reading.order.state : reading.kind]);
  if (reading.kind === "throttled") return reading.waitSeconds * 1_000;
  if (reading.kind !== "found") {
    yield* recordRead(world, process, dispatch, agoMs, reading.kind);
    return DONE;
  }
  const { state } = reading.order;
  const lesson = yield* recordRead(world, process, dispatch, agoMs, state);
  if (state === "final") yield* settleDispatch(world, process, dispatch, reading.order);
  if (lesson) yield* learnReadPace(world, lesson);
  return DONE;
}

/**
 * A read counts from when it was asked; what it does not find, though we had reason to ask, is in doubt. One transaction. Answers what it
 * taught.
 */
function* recordRead(
  world: World,
  process: Process,
  dispatch: Dispatch,
  agoMs: number,
  result: NonNullable<DispatchFacts["lastRead"]>["result"],
): Awaits<ReadLesson | null> {
  yield db(world);
  const found = result === "open" || result === "final";
  if (found) markPlaced(world, dispatch);
  if (world.trace) world.trace(process.name, `records a read of ${dispatch.id}: ${result}`);
  const open = dispatch.status === "prepared" || dispatch.status === "placed";
  if (open) {
    dispatch.lastRead = { atMs: world.nowMs - agoMs, result };
    dispatch.reads += 1;
    if (!found) markInDoubt(world, dispatch);
  }
  committed(world);
  return open && found ? lessonOf(dispatch, result === "final") : null;
}

function lessonOf({ reads, placedAtMs, lastRead, calledBackAtMs, nextCheckAtMs }: Dispatch, over: boolean): ReadLesson | null {
  if (reads !== 1 || placedAtMs === null || !lastRead || placedAtMs >= lastRead.atMs) return null;
  const calledAtAgeMs =
    calledBackAtMs !== null && calledBackAtMs <= lastRead.atMs ? Math.max(calledBackAtMs - placedAtMs, 0) : null;
  const readAtAgeMs = lastRead.atMs - placedAtMs;
  const dueAtAgeMs = nextCheckAtMs > placedAtMs ? nextCheckAtMs - placedAtMs : readAtAgeMs;
  return { over, readAtAgeMs, dueAtAgeMs, calledAtAgeMs };
}

/** Follows lib/dispatch/learn-read-pace.ts: what cannot be kept fails nothing. */
function* learnReadPace(world: World, lesson: ReadLesson): Steps {
  try {
    yield db(world);
    world.tables.readPace = learn(world.tables.readPace, lesson);
  } catch (thrown) {
    if (!(thrown instanceof Outage)) throw thrown;
  }
  return DONE;
}

type Reading =
  | { kind: "found"; order: SupplierOrder }
  | { kind: "not_found" | "unclear" }
  | { kind: "throttled"; waitSeconds: number };

/** Follows lib/bamboo/get-order.ts; the wire's own schema is left out, since what is not garbled here has its shape. */
function readingOf(exchange: Exchange, requestId: string): Reading {
  if (exchange.kind === "silence") return { kind: "unclear" };
  const { status, json, body, retryAfter } = exchange;
  if (status === 429) return { kind: "throttled", waitSeconds: throttleSeconds(retryAfter, body) };
  if (status === 404 || (status === 400 && findReason(json ?? body) === "OrderNotFound")) return { kind: "not_found" };
  if (status !== 200 || !isOrder(json) || json.requestId !== requestId) return { kind: "unclear" };
  return { kind: "found", order: toSupplierOrder(json) };
}

function isOrder(json: unknown): json is WireOrder {
  return typeof json === "object" && json !== null && "requestId" in json && "status" in json;
}

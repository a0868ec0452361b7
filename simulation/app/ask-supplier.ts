import { findReason } from "@/lib/bamboo/reasons";
import type { Exchange } from "@/lib/bamboo/request";
import { type SupplierOrder, toSupplierOrder } from "@/lib/bamboo/supplier-order";
import { throttleSeconds } from "@/lib/bamboo/throttle";
import type { WireOrder } from "@/lib/bamboo/wire";
import type { DispatchFacts } from "@/lib/dispatch/next-action";
import { committed, db } from "../engine/awaits";
import { count } from "../engine/tally";
import { currentTask, DONE, PARKED, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { SILENCE } from "../outside/answers";
import { sendRead } from "../outside/network";
import type { Dispatch } from "../store/rows";
import { noteCall } from "./note-call";
import { markInDoubt, markPlaced } from "./record-outcome";
import { settleDispatch } from "./settle-dispatch";
import { endpointSlot, newSlot, type Slot, waitForSlot } from "./slots";

const MAX_SLOT_WAIT_MS = 8_000;
const TOLD = {
  open: "read open",
  final: "read final",
  not_found: "read not found",
  unclear: "read unclear",
  throttled: "read throttled",
} as const;

/** Follows lib/dispatch/ask-supplier.ts. DONE when it was asked, else how long to wait. */
export function* askSupplier(world: World, process: Process, dispatch: Dispatch): Steps {
  const slot: Slot = newSlot();
  yield* endpointSlot(world, slot, "getOrder", MAX_SLOT_WAIT_MS);
  if (!(yield* waitForSlot(world, slot))) return slot.waitMs;
  const requestId = dispatch.attempts.at(-1)?.requestId ?? dispatch.id;
  const askedAtMs = world.nowMs;
  sendRead(world, requestId);
  yield PARKED;
  const reading = readingOf(currentTask(world).exchange ?? SILENCE, requestId);
  count(world.tally.answers, TOLD[reading.kind === "found" ? reading.order.state : reading.kind]);
  yield* noteCall(world, "getOrder", reading.kind !== "unclear", reading.kind === "throttled" ? reading.waitSeconds : 0);
  const agoMs = world.nowMs - askedAtMs;
  if (reading.kind === "throttled") return reading.waitSeconds * 1_000;
  if (reading.kind !== "found") {
    yield* recordRead(world, process, dispatch, agoMs, reading.kind);
    return DONE;
  }
  yield db(world);
  markPlaced(world, dispatch);
  committed(world);
  yield* recordRead(world, process, dispatch, agoMs, reading.order.state);
  if (reading.order.state === "final") yield* settleDispatch(world, process, dispatch, reading.order);
  return DONE;
}

/** A read counts from when it was asked; what it does not find, though we had reason to ask, is in doubt. One transaction. */
function* recordRead(
  world: World,
  process: Process,
  dispatch: Dispatch,
  agoMs: number,
  result: NonNullable<DispatchFacts["lastRead"]>["result"],
): Steps {
  yield db(world);
  if (world.trace) world.trace(process.name, `records a read of ${dispatch.id}: ${result}`);
  if (dispatch.status === "prepared" || dispatch.status === "placed") {
    dispatch.lastRead = { atMs: world.nowMs - agoMs, result };
    dispatch.reads += 1;
    if (result === "not_found" || result === "unclear") markInDoubt(world, dispatch);
  }
  committed(world);
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

import { planDispatch, type WaitingOrder } from "@/lib/dispatch/plan-dispatch";
import { db, redis, redisAnswer } from "../engine/awaits";
import { DONE, type Process, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { waitOf } from "../outside/budget";
import type { Order } from "../store/rows";
import { advanceDispatch } from "./advance-dispatch";
import { claimOrder, NOBODY } from "./claim-order";
import { endpointSlot, isGranted, newSlot, productBudget, productSlots, type Slot, waitForSlot } from "./slots";

export const PLACED = -3;
export const EMPTY = -4;
export const LOST = -5;

const MAX_SLOT_WAIT_MS = 6_000;

interface Chosen {
  order: Order | null;
  productIds: readonly number[];
}

/** Follows lib/dispatch/place-next.ts: slot first, then the claim. Answers PLACED, EMPTY, LOST or how long to wait. */
export function* placeNext(world: World, process: Process): Steps {
  const chosen: Chosen = { order: null, productIds: [] };
  const early = yield* plan(world, chosen);
  if (early !== DONE) return early;
  const slot: Slot = newSlot();
  yield* endpointSlot(world, slot, "placeOrder", MAX_SLOT_WAIT_MS);
  if (!(yield* waitForSlot(world, slot))) return slot.waitMs;
  const late = yield* plan(world, chosen);
  if (late !== DONE) return late;
  const products: Slot = newSlot();
  yield* productSlots(world, products, chosen.productIds, 0);
  if (!isGranted(products) || !chosen.order) return LOST;
  const claimed = yield* claimOrder(world, process, chosen.order);
  const dispatch = claimed === NOBODY ? undefined : world.tables.dispatches[claimed];
  if (!dispatch) return LOST;
  yield* advanceDispatch(world, process, dispatch, slot);
  return PLACED;
}

/** DONE when an order was chosen. */
function* plan(world: World, chosen: Chosen): Steps {
  yield db(world);
  const waiting: WaitingOrder[] = [];
  for (const order of world.tables.orders) if (order.status === "queued") waiting.push(order);
  const waits = new Map<number, number>();
  if (waiting.length > 0) {
    yield redis(world);
    for (const { productIds } of waiting)
      for (const id of productIds) waits.set(id, waitOf(world.budgets, world.nowMs, productBudget(id)));
    const backMs = redisAnswer(world);
    if (backMs > 0) yield backMs;
  }
  const next = planDispatch(waiting, waits);
  if (next.kind === "empty") return EMPTY;
  if (next.kind === "wait") return next.waitMs;
  chosen.order = world.tables.orders.find(({ id }) => id === next.orderId) ?? null;
  chosen.productIds = next.productIds;
  return DONE;
}

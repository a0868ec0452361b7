import { supplier } from "@/lib/supplier";
import { advanceDispatch } from "./advance-dispatch";
import { claimOrder } from "./claim-order";
import { loadWaiting } from "./load-waiting";
import { type Plan, planDispatch } from "./plan-dispatch";
import { takeSlot } from "./post-dispatch";

export type Placed =
  | { kind: "placed"; dispatchId: string }
  | { kind: "empty" }
  | { kind: "wait"; waitMs: number }
  | { kind: "lost" };

/** A longer wait for a slot is slept away by the caller, durably. */
const MAX_SLOT_WAIT_MS = 6_000;

/**
 * Buys the order whose turn it is: waits for a slot first, then claims, so that an order stays in the queue, and can be cancelled, until
 * the moment its purchase can go out.
 */
export async function placeNext(): Promise<Placed> {
  const early = await plan();
  if (early.kind !== "claim") return early;
  const slot = await takeSlot(MAX_SLOT_WAIT_MS);
  if ("waitMs" in slot) return { kind: "wait", waitMs: slot.waitMs };
  const chosen = await plan();
  if (chosen.kind !== "claim") return chosen;
  const products = await supplier().productSlots(chosen.productIds, 0);
  if (!products.granted) return { kind: "lost" };
  const dispatchId = await claimOrder(chosen.orderId);
  if (!dispatchId) return { kind: "lost" };
  await advanceDispatch(dispatchId, { slot });
  return { kind: "placed", dispatchId };
}

async function plan(): Promise<Plan> {
  const waiting = await loadWaiting();
  const waits = await supplier().productWaits([...new Set(waiting.flatMap(({ productIds }) => productIds))]);
  return planDispatch(waiting, waits);
}

import { supplier } from "@/lib/supplier";
import { beginAttempt } from "./begin-attempt";
import { loadLines } from "./load-lines";
import { faultOf } from "./next-action";
import { recordOutcome } from "./record-outcome";
import { type DueSlot, isLate, waitForSlot } from "./wait-for-slot";

export type Posted = { kind: "posted" } | { kind: "not_now"; waitMs: number };

const MAX_SLOT_WAIT_MS = 8_000;
const MAX_NEW_SLOTS = 3;
const BUSY_WAIT_MS = 1_000;
/** Then the next in turn finds out whether it is all of us or this purchase only, such as one beyond our funds. */
const OURS_PAUSE_SECONDS = 15;

/**
 * Posts a dispatch: attempt committed, then the request in its slot, then what it told. `known` is how many attempts the decision to
 * post was made on.
 */
export async function postDispatch(dispatchId: string, body: string, known: number, given?: DueSlot): Promise<Posted> {
  const productIds = (await loadLines(dispatchId)).map(({ productId }) => productId);
  let slot = given ?? (await waitForSlot(() => supplier().checkoutSlot(productIds, MAX_SLOT_WAIT_MS)));
  if ("waitMs" in slot) return { kind: "not_now", waitMs: slot.waitMs };
  const attempt = await beginAttempt(dispatchId, known);
  if (!attempt) return { kind: "not_now", waitMs: BUSY_WAIT_MS };
  for (let tries = 0; isLate(slot); tries++) {
    const next =
      tries < MAX_NEW_SLOTS
        ? await waitForSlot(() => supplier().checkoutSlot(productIds, MAX_SLOT_WAIT_MS, true))
        : { waitMs: BUSY_WAIT_MS };
    if ("waitMs" in next) {
      await recordOutcome(dispatchId, { ...attempt, httpStatus: null, outcome: { kind: "throttled", waitSeconds: 1 } });
      return { kind: "not_now", waitMs: next.waitMs };
    }
    slot = next;
  }
  const { outcome, httpStatus } = await supplier().checkout(dispatchId, body, productIds);
  await recordOutcome(dispatchId, { ...attempt, httpStatus, outcome });
  // Our account, funds or set-up: what else waits would be refused too, so it stays in the queue, where it can be cancelled.
  if (outcome.kind === "rejected" && faultOf(outcome.reason) === "ours") await supplier().pause("placeOrder", OURS_PAUSE_SECONDS);
  return { kind: "posted" };
}

/** Reserves the next checkout and waits for it; the products' windows are reserved apart. */
export function takeSlot(maxWaitMs: number): Promise<DueSlot | { waitMs: number }> {
  return waitForSlot(() => supplier().slot("placeOrder", maxWaitMs));
}

import { sleep } from "@/lib/clock";
import { supplier } from "@/lib/supplier";
import { beginAttempt } from "./begin-attempt";
import { loadLines } from "./load-lines";
import { recordOutcome } from "./record-outcome";

/** A moment at which a checkout may go, as `performance.now()` of this process. */
export interface DueSlot {
  dueAt: number;
}

export type Posted = { kind: "posted" } | { kind: "not_now"; waitMs: number };

/** A request that leaves later than this after its slot would arrive too close to the next one. */
const LATE_MS = 120;
const MAX_SLOT_WAIT_MS = 8_000;
const MAX_NEW_SLOTS = 3;
const BUSY_WAIT_MS = 1_000;

/** Posts a dispatch: attempt committed, then the request in its slot, then what it told. */
export async function postDispatch(dispatchId: string, body: string, given?: DueSlot): Promise<Posted> {
  const productIds = (await loadLines(dispatchId)).map(({ productId }) => productId);
  let slot = given;
  if (!slot) {
    const products = await supplier().productSlots(productIds, MAX_SLOT_WAIT_MS);
    if (!products.granted) return { kind: "not_now", waitMs: products.waitMs };
    await sleep(products.waitMs);
    const reserved = await takeSlot();
    if ("waitMs" in reserved) return { kind: "not_now", waitMs: reserved.waitMs };
    slot = reserved;
  }
  const attempt = await beginAttempt(dispatchId);
  if (!attempt) return { kind: "not_now", waitMs: BUSY_WAIT_MS };
  for (let tries = 0; performance.now() - slot.dueAt > LATE_MS; tries++) {
    const next = tries < MAX_NEW_SLOTS ? await takeSlot() : { waitMs: BUSY_WAIT_MS };
    if ("waitMs" in next) {
      await recordOutcome(dispatchId, { ...attempt, httpStatus: null, outcome: { kind: "throttled", waitSeconds: 1 } });
      return { kind: "not_now", waitMs: next.waitMs };
    }
    slot = next;
  }
  const { outcome, httpStatus } = await supplier().checkout(dispatchId, body, productIds);
  await recordOutcome(dispatchId, { ...attempt, httpStatus, outcome });
  return { kind: "posted" };
}

/** Reserves the next checkout and waits for it. */
export async function takeSlot(maxWaitMs: number = MAX_SLOT_WAIT_MS): Promise<DueSlot | { waitMs: number }> {
  const { granted, waitMs } = await supplier().slot("placeOrder", maxWaitMs);
  if (!granted) return { waitMs };
  const dueAt = performance.now() + waitMs;
  await sleep(waitMs);
  return { dueAt };
}

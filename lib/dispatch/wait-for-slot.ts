import type { Slot } from "@/lib/bamboo";
import { sleep } from "@/lib/clock";
import { supplier } from "@/lib/supplier";

/** A moment at which a call may go, as `performance.now()` of this process. */
export interface DueSlot {
  dueAt: number;
}

/**
 * Reserves a slot and waits for it; `waitMs` where none could be had now. It is due by when it was asked for: had it been reckoned from
 * when the answer came, an answer that was long under way would have moved it unseen.
 */
export async function waitForSlot(reserve: () => Promise<Slot>): Promise<DueSlot | { waitMs: number }> {
  const askedAt = performance.now();
  const slot = await reserve();
  if (!slot.granted) return { waitMs: slot.waitMs };
  await sleep(slot.waitMs);
  return (await supplier().stillHolds(slot)) ? { dueAt: askedAt + slot.waitMs } : { waitMs: 0 };
}

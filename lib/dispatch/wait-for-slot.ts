import { type Slot, UNCHECKED_WAIT_MS } from "@/lib/bamboo";
import { sleep } from "@/lib/clock";
import { supplier } from "@/lib/supplier";

/** A moment at which a call may go, as `performance.now()` of this process. */
export interface DueSlot {
  dueAt: number;
}

/** A request that leaves later than this after its slot would arrive too close to the next one. */
export const LATE_MS = 120;
/** Whoever missed a slot asks for the next one after a breath. */
const MISSED_WAIT_MS = 1_000;
/** How long before its end a long sleep is broken to see that the slot still holds; less than a slot may be slept for unchecked. */
const CHECK_AHEAD_MS = 500;

/**
 * Reserves a slot and waits for it; `waitMs` where none could be had now. When the slot was granted lies between the question and its
 * answer, so it is due by the question and the shortest way there and back of late: an answer that was under way for longer makes the
 * slot late, and would have moved it unseen had it been reckoned from the answer.
 */
export async function waitForSlot(reserve: () => Promise<Slot>): Promise<DueSlot | { waitMs: number }> {
  const slot = await reserve();
  if (!slot.granted) return { waitMs: slot.waitMs };
  const { askedAt, answeredAt } = slot;
  const dueAt = askedAt + shortestTrip(answeredAt - askedAt) + slot.waitMs;
  const leaveAt = answeredAt + slot.waitMs;
  if (slot.waitMs > UNCHECKED_WAIT_MS) {
    await sleep(slot.waitMs - CHECK_AHEAD_MS);
    if (!(await supplier().stillHolds(slot))) return { waitMs: 0 };
  }
  await sleep(leaveAt - performance.now());
  return isLate({ dueAt }) ? { waitMs: MISSED_WAIT_MS } : { dueAt };
}

export function isLate({ dueAt }: DueSlot): boolean {
  return performance.now() - dueAt > LATE_MS;
}

const TRIPS_KEPT = 20;
/** Of fewer, all may have been under way for long by chance, so nothing is taken for the way itself. */
const TRIPS_NEEDED = 5;
/** However slow the cache is, no more than this is taken for its way: processes with different ways share one timetable. */
const MAX_TRIP_MS = 100;
const trips: number[] = [];

/** The shortest of this process's last ways to the cache and back, in milliseconds. */
function shortestTrip(tripMs: number): number {
  trips.push(tripMs);
  if (trips.length > TRIPS_KEPT) trips.shift();
  return trips.length < TRIPS_NEEDED ? 0 : Math.min(MAX_TRIP_MS, ...trips);
}

import { checkEnd, isOpen } from "./check/at-end";
import { endEvent } from "./engine/events";
import { Violation } from "./engine/failures";
import { createWorld, type WorldOptions } from "./engine/world";
import { scheduleOrders } from "./outside/partners";

const MINUTE_MS = 60_000;
/** Virtual time in which everything has to end, from when faults have stopped and the last late thing has come. */
const ENDS_WITHIN_MS = 90 * MINUTE_MS;

export interface SeedResult {
  seed: number;
  events: number;
  violation: { invariant: string; detail: string } | null;
}

/** Runs one seed from its first order until everything has ended; the same options give the same run. */
export function runSeed(options: WorldOptions): SeedResult {
  const world = createWorld(options);
  let violation: SeedResult["violation"] = null;
  try {
    scheduleOrders(world);
    endEvent(world);
    for (let next = world.agenda.next(); next; next = world.agenda.next()) {
      if (next.atMs > Math.max(world.faultsUntilMs, world.lastDebtMs) + ENDS_WITHIN_MS && isOpen(world)) break;
      world.nowMs = next.atMs;
      next.happen();
      endEvent(world);
    }
    checkEnd(world);
  } catch (thrown) {
    if (!(thrown instanceof Violation)) throw thrown;
    violation = { invariant: thrown.invariant, detail: thrown.message };
  }
  world.tally.seeds += 1;
  world.tally.events += world.events;
  return { seed: options.seed, events: world.events, violation };
}

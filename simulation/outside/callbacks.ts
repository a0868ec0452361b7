import { handleNotification } from "../app/handle-notification";
import { happens } from "../engine/faults";
import { run } from "../engine/tasks";
import { owe, type World } from "../engine/world";
import { aliveProcess } from "./processes";
import type { Purchase } from "./supplier-rows";

const SOON_MS = 500;
const LATE_MS = 2 * 3_600_000;
const MAX_COPIES = 3;

/** The supplier's callback when a purchase is over: one attempt, as its documentation lets us expect no more. */
export function scheduleCallbacks(world: World, purchase: Purchase): void {
  if (happens(world, "callback-lost")) return;
  const { random } = world;
  const early = happens(world, "callback-early");
  const copies = happens(world, "callback-doubled") ? random.between(2, MAX_COPIES) : 1;
  for (let copy = 0; copy < copies; copy++) {
    const late = happens(world, "callback-late");
    const sentAtMs = early ? world.nowMs : purchase.finalAtMs;
    const atMs = sentAtMs + random.between(0, late ? LATE_MS : SOON_MS);
    if (!late) owe(world, atMs);
    world.agenda.add(atMs, () => callBack(world, purchase));
  }
}

/** Nobody listening is a callback lost. */
function callBack(world: World, purchase: Purchase): void {
  const process = aliveProcess(world);
  if (!process) return;
  if (world.trace) world.trace("supplier", `calls back about ${purchase.requestId}`);
  run(world, process, handleNotification(world, process, purchase.requestId), () => {});
}

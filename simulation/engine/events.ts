import { checkEvent } from "../check/after-event";
import { Violation } from "./failures";
import type { World } from "./world";

/** Far beyond any seed that ends. */
const MAX_EVENTS = 200_000;

/** After each event, every promise is looked at. */
export function endEvent(world: World): void {
  checkEvent(world);
  if (++world.events > MAX_EVENTS) throw new Violation("ends", `${MAX_EVENTS} events were not enough`);
}

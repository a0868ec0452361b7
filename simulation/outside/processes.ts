import type { Process } from "../engine/tasks";
import type { World } from "../engine/world";

/** A process that takes a request; undefined while none is up. */
export function aliveProcess({ processes, random }: World): Process | undefined {
  const first = random.between(0, processes.length - 1);
  for (let step = 0; step < processes.length; step++) {
    const process = processes[(first + step) % processes.length];
    if (process?.alive) return process;
  }
  return undefined;
}

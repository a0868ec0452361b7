import { setTimeout as sleep } from "node:timers/promises";
import { redis } from "@/lib/redis";
import type { Fleet } from "./fleet";

/** Half a minute slow or fast is what an unkept clock soon is. */
export const CLOCK_OFF_MS = 30_000;

/** While the cell is measured: after a third of it Redis loses all it knows, after two thirds a process dies and comes again. */
export async function makeTrouble(fleet: Fleet, measuredMs: number, signal: AbortSignal): Promise<void> {
  await sleep(measuredMs / 3, undefined, { signal });
  await redis().flushall();
  await sleep(measuredMs / 3, undefined, { signal });
  await fleet.killOne();
  await sleep(measuredMs / 3, undefined, { signal });
}

import { asError, log } from "@/lib/log";
import { redis } from "@/lib/redis";
import { FRESH_TURNS, type Turns, turnsSchema } from "./plan-dispatch";

const KEY = "queue:turns";
/** Whoever comes after so long a silence starts afresh. */
const KEPT_SECONDS = 3_600;

/** Whose turn it is. Kept in the cache: lost or unreadable, everybody starts afresh, which costs fairness for a moment and nothing else. */
export async function loadTurns(): Promise<Turns> {
  return turnsSchema.safeParse(await redis().get(KEY)).data ?? FRESH_TURNS;
}

/** Never throws: what is not kept is fairness for a moment, and what was claimed meanwhile must go on. */
export async function saveTurns(turns: Turns): Promise<void> {
  try {
    await redis().set(KEY, turns, { ex: KEPT_SECONDS });
  } catch (thrown) {
    log.warn("Whose turn it is was not kept", { err: asError(thrown) });
  }
}

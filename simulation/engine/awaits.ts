import { OUTAGE } from "./failures";
import { happens } from "./faults";
import { currentTask } from "./tasks";
import type { World } from "./world";

const SLOW_MS = [100, 3_000] as const;
/** One way, of two. */
const FAR_WAY_MS = [65, 100] as const;
const HALTS_MS = [
  [1, 3_000],
  [1, 30_000],
  [30_000, 900_000],
] as const;
const STALL_MS = [5_000, 120_000] as const;

/** One statement or transaction, as an await: it takes effect at its end. */
export function db(world: World): number {
  if (happens(world, "db-error")) currentTask(world).fails = true;
  return trip(world);
}

/** After a transaction: its answer may be lost although it committed. */
export function committed(world: World): void {
  if (happens(world, "commit-lost")) throw OUTAGE;
}

/** The way of a script or command to Redis, where it takes effect. */
export function redis(world: World): number {
  if (happens(world, "redis-down")) currentTask(world).fails = true;
  return trip(world) + farWay(world);
}

/** The way back, where it is not in `redis` already: only a Redis that is far away has one of its own. */
export function redisAnswer(world: World): number {
  return farWay(world);
}

/** The way back of a reservation or a departure. */
export function reservationAnswer(world: World): number {
  return farWay(world) + (happens(world, "redis-answer-late") ? world.random.within(SLOW_MS) : 0);
}

function farWay({ redisSlow, random }: World): number {
  return redisSlow ? random.within(FAR_WAY_MS) : 0;
}

/** A sleep of the process: it may oversleep. */
export function sleep(world: World, durationMs: number): number {
  return durationMs + (happens(world, "stall") ? world.random.within(STALL_MS) : 0);
}

/** Between the leave to go and the request: the process may stand still without knowing. */
export function halt(world: World): number {
  return happens(world, "halt") ? world.random.within(world.random.pick(HALTS_MS)) : 0;
}

/** Any other way over the house's own network. */
export function trip(world: World): number {
  let takesMs = world.random.between(1, 3);
  if (happens(world, "slow")) takesMs += world.random.within(SLOW_MS);
  if (happens(world, "stall")) takesMs += world.random.within(STALL_MS);
  return takesMs;
}

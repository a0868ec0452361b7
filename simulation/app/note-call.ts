import { redisAnswer, trip } from "../engine/awaits";
import { DONE, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";
import { reportToBreaker } from "../outside/breaker";
import { pause } from "../outside/budget";

/** Follows `after` of lib/bamboo/supplier.ts: what cannot be noted fails nothing. */
export function* noteCall(world: World, endpoint: "placeOrder" | "getOrder", healthy: boolean, throttledSeconds: number): Steps {
  yield trip(world) + redisAnswer(world);
  reportToBreaker(world.breakers[endpoint], world.nowMs, healthy);
  if (throttledSeconds > 0) pause(world.budgets, world.nowMs, endpoint, throttledSeconds * 1_000);
  return DONE;
}

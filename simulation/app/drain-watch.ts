import { redis, redisAnswer } from "../engine/awaits";
import { type Awaits, DONE, type Steps } from "../engine/tasks";
import type { World } from "../engine/world";

/** Follows lib/dispatch/drain-watch.ts: the word of whoever drains the queue, kept in Redis for a while. */
export interface DrainWord {
  drainer: number;
  untilMs: number;
}

export function* promiseToLook(world: World, drainer: number, withinMs: number): Steps {
  yield redis(world);
  world.drainWord = { drainer, untilMs: world.nowMs + withinMs };
  const backMs = redisAnswer(world);
  if (backMs > 0) yield backMs;
  return DONE;
}

export function* takePromiseBack(world: World, drainer: number): Steps {
  yield redis(world);
  if (world.drainWord?.drainer === drainer) world.drainWord = null;
  const backMs = redisAnswer(world);
  if (backMs > 0) yield backMs;
  return DONE;
}

export function* someoneDrains(world: World): Awaits<boolean> {
  yield redis(world);
  const drains = world.drainWord !== null && world.nowMs < world.drainWord.untilMs;
  const backMs = redisAnswer(world);
  if (backMs > 0) yield backMs;
  return drains;
}

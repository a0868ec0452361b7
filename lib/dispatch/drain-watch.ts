import { redis } from "@/lib/redis";

/**
 * While somebody drains the queue and will look at it again, "there is work" need not be said for each order. A drainer that stops takes
 * its word back first and looks once more then, so an order committed before is seen by it, and one committed after is told of.
 */
const KEY = "queue:drained-by";

/** KEYS: the word. ARGV: whose. */
const TAKE_BACK = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`;

/** Says that `drainer` looks at the queue again within so long, whatever comes. */
export async function promiseToLook(drainer: string, withinMs: number): Promise<void> {
  await redis().set(KEY, drainer, { px: Math.ceil(withinMs) });
}

export async function takePromiseBack(drainer: string): Promise<void> {
  await redis().eval(TAKE_BACK, [KEY], [drainer]);
}

export async function someoneDrains(): Promise<boolean> {
  return (await redis().exists(KEY)) === 1;
}

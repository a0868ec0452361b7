import { redis } from "@/lib/redis";
import { BUDGETS, type Budget, type Endpoint, SETTLING_MS, UNCHECKED_WAIT_MS } from "./budgets";

/**
 * Reserves the next moment at which every named budget allows a call, in one atomic step on Redis' own clock, first come first served.
 * Each budget keeps the times of its last `limit` grants: the next may come `windowMs` after the oldest of them and `gapMs` after the
 * newest. KEYS: marker, settling, pause, then one list per budget. ARGV: settlingMs, maxWaitMs, then limit, windowMs, gapMs per budget.
 * Answers {1, waitMs, marker} for a reservation, {0, waitMs, 0} when the wait would be too long (nothing is reserved), {-1, 0, 0} when the
 * memory of past grants is gone and is to be refilled: not before it has settled, so that what was under way is written down by then.
 */
const RESERVE = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local marker = tonumber(redis.call('GET', KEYS[1]) or '0')
if marker == 0 then
  local settled = tonumber(redis.call('GET', KEYS[2]) or '0')
  if settled == 0 then
    settled = now + tonumber(ARGV[1])
    redis.call('SET', KEYS[2], settled)
  end
  if now < settled then return {0, settled - now, 0} end
  return {-1, 0, 0}
end
local at = now
local paused = tonumber(redis.call('GET', KEYS[3]) or '0')
if paused > at then at = paused end
for i = 4, #KEYS do
  local limit = tonumber(ARGV[3 * (i - 4) + 3])
  local window = tonumber(ARGV[3 * (i - 4) + 4])
  local gap = tonumber(ARGV[3 * (i - 4) + 5])
  local newest = tonumber(redis.call('LINDEX', KEYS[i], 0) or '0')
  if newest > 0 and newest + gap > at then at = newest + gap end
  local oldest = tonumber(redis.call('LINDEX', KEYS[i], limit - 1) or '0')
  if oldest > 0 and oldest + window > at then at = oldest + window end
end
local wait = at - now
if wait > tonumber(ARGV[2]) then return {0, wait, 0} end
for i = 4, #KEYS do
  local limit = tonumber(ARGV[3 * (i - 4) + 3])
  redis.call('LPUSH', KEYS[i], at)
  redis.call('LTRIM', KEYS[i], 0, limit - 1)
  redis.call('PEXPIRE', KEYS[i], wait + tonumber(ARGV[3 * (i - 4) + 4]) + 60000)
end
return {1, wait, marker}
`;

/** `waitMs` until the reserved moment, or until it is worth asking again where nothing was reserved. */
export interface Slot {
  granted: boolean;
  waitMs: number;
  /** Since when the memory that it was granted from is there. */
  marker: number;
  /** When the script was asked and when it answered, as `performance.now()`: the moment it speaks of lies between. */
  askedAt: number;
  answeredAt: number;
}

/** Whether the memory that a slot was granted from is still there: a slot of a lost memory counts for nobody. */
export async function stillHolds({ waitMs, marker }: Slot): Promise<boolean> {
  return waitMs <= UNCHECKED_WAIT_MS || Number(await redis().get<number>(WARM_KEY)) === marker;
}

/** The next moment for a call to the endpoint. A wait beyond `maxWaitMs` is answered, not reserved. Throws when Redis cannot be reached. */
export function reserveSlot(endpoint: Endpoint, maxWaitMs: number, warm: () => Promise<void>): Promise<Slot> {
  return reserve(endpoint, [[budgetKey(endpoint), BUDGETS[endpoint]]], maxWaitMs, warm);
}

/** The next moment for a checkout of these products: the endpoint's budget and every product's window together. */
export function reserveCheckout(productIds: readonly number[], maxWaitMs: number, warm: () => Promise<void>): Promise<Slot> {
  return reserve("placeOrder", [[budgetKey("placeOrder"), BUDGETS.placeOrder], ...productBudgets(productIds)], maxWaitMs, warm);
}

/** The next moment at which every one of these products may be ordered once more. */
export function reserveProducts(productIds: readonly number[], maxWaitMs: number, warm: () => Promise<void>): Promise<Slot> {
  return reserve("placeOrder", productBudgets(productIds), maxWaitMs, warm);
}

function productBudgets(productIds: readonly number[]): [string, Budget][] {
  return [...new Set(productIds)].map((id) => [productKey(id), BUDGETS.placeOrderProduct]);
}

async function reserve(
  endpoint: Endpoint,
  budgets: [string, Budget][],
  maxWaitMs: number,
  warm: () => Promise<void>,
): Promise<Slot> {
  const keys = [WARM_KEY, SETTLING_KEY, pauseKey(endpoint), ...budgets.map(([key]) => key)];
  const args = [SETTLING_MS, maxWaitMs, ...budgets.flatMap(([, budget]) => [budget.limit, budget.windowMs, budget.gapMs])];
  let askedAt = performance.now();
  let [granted, waitMs, marker] = await redis().eval<number[], [number, number, number]>(RESERVE, keys, args);
  if (granted === -1) {
    await warm();
    askedAt = performance.now();
    [granted, waitMs, marker] = await redis().eval<number[], [number, number, number]>(RESERVE, keys, args);
    if (granted === -1) throw new Error("The budgets' memory was refilled and lost again at once; is Redis evicting keys?");
  }
  return { granted: granted === 1, waitMs, marker, askedAt, answeredAt: performance.now() };
}

export const WARM_KEY = "budget:warm";
export const SETTLING_KEY = "budget:settling";
export const budgetKey = (endpoint: Endpoint) => `budget:${endpoint}`;
export const productKey = (productId: number) => `budget:placeOrderProduct:${productId}`;
export const pauseKey = (endpoint: Endpoint) => `budget:pause:${endpoint}`;

import { redis } from "@/lib/redis";
import { budgets, type Endpoint } from "./budgets";
import { PRODUCT_INDEX_KEY, PRODUCTS_KEY } from "./keys";
import { runTurnScript } from "./turn-script";

/**
 * ARGV: the products. Answers a wait for each; 0 where a place is held now, -1 where there is no such turn any more. None is held while the
 * endpoint is paused or its breaker open for this turn: what is claimed then could neither go nor be cancelled.
 */
const TAKE = `
local turnAt, waits = turnMoment(), {}
local at = math.max(turnAt or 0, now)
local shut = math.max(breakerWait(), number(redis.call('GET', pause)) - now)
if redis.call('HEXISTS', breaker, 'openUntil') == 1 and redis.call('HGET', breaker, 'probe') ~= ticket then
  shut = math.max(shut, MAX_PROBE_WAIT_MS)
end
local ids, taken, takenLives = {}, {}, {}
for i = 8, #ARGV do ids[#ids + 1] = ARGV[i] end
for i, live in ipairs(placesOf(ids)) do
  local wait = 0
  if not ownPlace(live) then
    local freeAt = productRoomAt(live)
    if not turnAt then
      wait = -1
    elseif shut > 0 then
      wait = math.ceil(shut)
    elseif freeAt > at then
      wait = math.ceil(freeAt - now)
    else
      taken[#taken + 1], takenLives[#takenLives + 1] = ids[i], live
    end
  end
  waits[i] = wait
end
writePlaces(taken, takenLives, 'h', at)
return waits
`;

/**
 * Holds a place of each product for the turn, at the turn's moment; answers how many milliseconds those have to wait that have none then.
 */
export async function takeProducts(
  { endpoint, ticket }: { endpoint: Endpoint; ticket: string },
  productIds: readonly number[],
): Promise<Map<number, number>> {
  if (productIds.length === 0) return new Map();
  const waits = await runTurnScript<number[]>(TAKE, endpoint, ticket, productIds);
  return new Map(productIds.flatMap((id, i) => (waits[i] === 0 ? [] : [[id, Math.max(0, waits[i] ?? 0)]])));
}

/** Answers the time, and the text of each product that has places. Those of which none counts any more go. */
const USE = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local over = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 1000)
if #over > 0 then
  redis.call('HDEL', KEYS[1], unpack(over))
  redis.call('ZREM', KEYS[2], unpack(over))
end
return {now, redis.call('HGETALL', KEYS[1])}
`;

const PLACE = /([dh])\S+=(\d+)/g;

/** How many milliseconds ago each product was ordered within its window, newest first; negative is held for a turn that is still ahead. */
export async function productUse(): Promise<Map<number, number[]>> {
  const { windowMs } = budgets().placeOrderProduct;
  const script = redis().createScript<[number, string[]]>(USE);
  const [nowMs, flat] = await script.exec([PRODUCTS_KEY, PRODUCT_INDEX_KEY], []);
  const use = new Map<number, number[]>();
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const agesMs = [...(flat[i + 1] ?? "").matchAll(PLACE)]
      .map(([, kind, at]) => ({ ageMs: nowMs - Number(at), countsForMs: kind === "d" ? windowMs : HOLD_MS }))
      .filter(({ ageMs, countsForMs }) => ageMs < countsForMs)
      .map(({ ageMs }) => ageMs)
      .sort((a, b) => a - b);
    if (agesMs.length > 0) use.set(Number(flat[i]), agesMs);
  }
  return use;
}

/** As in the scripts: a hold whose turn passed so long ago is that of a process that died. */
const HOLD_MS = 15_000;

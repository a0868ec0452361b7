import { redis } from "@/lib/redis";
import { budgets, ENDPOINTS, type Endpoint } from "./budgets";
import { departedKey, MARKER_KEY, PRODUCT_INDEX_KEY, PRODUCTS_KEY, SETTLING_KEY, turnsKey } from "./keys";

/** A call that was made, or may have been made, to Bamboo. */
export interface PastCall {
  endpoint: Endpoint;
  productIds: readonly number[];
  /** How long ago, by the clock of the database that recorded it. */
  ageMs: number;
}

/**
 * KEYS: marker, settling, products, their index, then timetable and departures per endpoint. ARGV: a product's windowMs, for how long it
 * is remembered, then per call the place of its endpoint among the keys, its age, and its products with commas between.
 */
const WARM = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local productWindow, kept = tonumber(ARGV[1]), ARGV[2]
local places, newest = {}, {}
for i = 3, #ARGV, 3 do
  local first, at = tonumber(ARGV[i]), now - tonumber(ARGV[i + 1])
  local ticket = string.format('past-%d', (i - 3) / 3)
  for key = first, first + 1 do
    redis.call('ZADD', KEYS[key], at, ticket)
    redis.call('PEXPIRE', KEYS[key], kept)
  end
  for id in string.gmatch(ARGV[i + 2], '%d+') do
    places[id] = places[id] or {}
    places[id][#places[id] + 1] = string.format('d%s=%d', ticket, at)
    newest[id] = math.max(newest[id] or at, at)
  end
end
for id, texts in pairs(places) do
  redis.call('HSET', KEYS[3], id, table.concat(texts, ' '))
  redis.call('ZADD', KEYS[4], newest[id] + productWindow, id)
end
redis.call('PEXPIRE', KEYS[3], kept)
redis.call('PEXPIRE', KEYS[4], kept)
redis.call('SET', KEYS[1], now)
redis.call('DEL', KEYS[2])
return 1
`;

const FIRST_ENDPOINT_KEY = 5;
const KEPT_AFTER_MS = 120_000;

/**
 * Refills the memory after Redis lost it, from the calls that the database remembers: the windows are as full as it says. Whoever comes
 * second finds the marker and changes nothing. `calls` must cover the longest window.
 */
export async function warmLimits(calls: readonly PastCall[]): Promise<void> {
  const { placeOrderProduct, ...others } = budgets();
  const keptMs = Math.max(...[placeOrderProduct, ...Object.values(others)].map(({ windowMs }) => windowMs)) + KEPT_AFTER_MS;
  const args = calls.flatMap(({ endpoint, ageMs, productIds }) => [
    FIRST_ENDPOINT_KEY + 2 * ENDPOINTS.indexOf(endpoint),
    Math.round(ageMs),
    productIds.join(","),
  ]);
  const keys = [MARKER_KEY, SETTLING_KEY, PRODUCTS_KEY, PRODUCT_INDEX_KEY];
  const script = redis().createScript<number>(WARM);
  await script.exec(
    [...keys, ...ENDPOINTS.flatMap((endpoint) => [turnsKey(endpoint), departedKey(endpoint)])],
    [placeOrderProduct.windowMs, keptMs, ...args].map(String),
  );
}

import { redis } from "@/lib/redis";
import { ENDPOINTS, type Endpoint } from "./budgets";
import { budgetKey, pauseKey, productKey, WARM_KEY } from "./reserve-slot";

/** A call that was made, or may have been made, to Bamboo. */
export interface PastCall {
  endpoint: Endpoint;
  productIds: readonly number[];
  /** How long ago, by the clock of the database that recorded it. */
  ageMs: number;
}

/** A call in flight when the memory went may not be recorded yet: nothing goes out for as long as it could still arrive. */
const SETTLING_MS = 1_000;

/** KEYS: marker, then a list per past call. ARGV: settling pause, then an age per past call, oldest first. */
const WARM = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
for i = 2, tonumber(ARGV[2]) + 1 do redis.call('SET', KEYS[i], now + tonumber(ARGV[1]), 'PX', ARGV[1]) end
for i = tonumber(ARGV[2]) + 2, #KEYS do
  redis.call('LPUSH', KEYS[i], now - tonumber(ARGV[i - tonumber(ARGV[2]) + 1]))
  redis.call('PEXPIRE', KEYS[i], 120000)
end
redis.call('SET', KEYS[1], now)
return 1
`;

/**
 * Refills the budgets after Redis lost its memory, from the calls that the database remembers. Whoever comes second finds the
 * marker and changes nothing. `calls` must cover the longest window.
 */
export async function warmBudgets(calls: readonly PastCall[]): Promise<void> {
  const grants = [...calls]
    .sort((a, b) => b.ageMs - a.ageMs)
    .flatMap((call) =>
      [budgetKey(call.endpoint), ...call.productIds.map(productKey)].map((key) => ({ key, ageMs: Math.round(call.ageMs) })),
    );
  const pauses = ENDPOINTS.map(pauseKey);
  await redis().eval(
    WARM,
    [WARM_KEY, ...pauses, ...grants.map(({ key }) => key)],
    [SETTLING_MS, pauses.length, ...grants.map(({ ageMs }) => ageMs)],
  );
}

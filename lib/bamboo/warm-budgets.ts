import { redis } from "@/lib/redis";
import type { Endpoint } from "./budgets";
import { budgetKey, productKey, SETTLING_KEY, WARM_KEY } from "./reserve-slot";

/** A call that was made, or may have been made, to Bamboo. */
export interface PastCall {
  endpoint: Endpoint;
  productIds: readonly number[];
  /** How long ago, by the clock of the database that recorded it. */
  ageMs: number;
}

/** KEYS: marker, settling, then a list per past call. ARGV: an age per past call, oldest first. */
const WARM = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
for i = 3, #KEYS do
  redis.call('LPUSH', KEYS[i], now - tonumber(ARGV[i - 2]))
  redis.call('PEXPIRE', KEYS[i], 120000)
end
redis.call('SET', KEYS[1], now)
redis.call('DEL', KEYS[2])
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
  await redis().eval(
    WARM,
    [WARM_KEY, SETTLING_KEY, ...grants.map(({ key }) => key)],
    grants.map(({ ageMs }) => ageMs),
  );
}

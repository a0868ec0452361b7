import { redis } from "@/lib/redis";
import { BUDGETS } from "./budgets";
import { productKey } from "./reserve-slot";

/** KEYS: one list of grants per product. ARGV: limit, windowMs. Answers the wait of each in milliseconds. */
const WAITS = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local waits = {}
for i = 1, #KEYS do
  local oldest = tonumber(redis.call('LINDEX', KEYS[i], tonumber(ARGV[1]) - 1) or '0')
  waits[i] = 0
  if oldest > 0 then waits[i] = math.max(0, oldest + tonumber(ARGV[2]) - now) end
end
return waits
`;

/** Milliseconds until each product may be ordered once more; nothing is reserved. */
export async function productWaits(productIds: readonly number[]): Promise<Map<number, number>> {
  if (productIds.length === 0) return new Map();
  const { limit, windowMs } = BUDGETS.placeOrderProduct;
  const waits = await redis().eval<number[], number[]>(WAITS, productIds.map(productKey), [limit, windowMs]);
  return new Map(productIds.map((id, index) => [id, waits[index] ?? 0]));
}

import { redis } from "@/lib/redis";
import type { Endpoint } from "./budgets";
import { pauseKey } from "./reserve-slot";

const WAIT_PATTERN = /wait\s+(?:for\s+)?(\d+)\s+seconds?/i;
const MAX_WAIT_SECONDS = 3_900;
const DEFAULT_WAIT_SECONDS = 10;

/** Seconds that a 429 asks for: the header first, then the sentence in JSON or plain text, else a cautious default. */
export function throttleSeconds(retryAfter: string | null, body: string): number {
  const fromHeader = retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;
  const fromText = WAIT_PATTERN.exec(body)?.[1];
  const seconds = fromHeader ?? (fromText === undefined ? DEFAULT_WAIT_SECONDS : Number(fromText));
  return Math.min(Math.max(seconds, 1), MAX_WAIT_SECONDS);
}

/** Stops the endpoint for every instance until the time is over. A shorter pause never cuts a longer one. */
const PAUSE = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local till = now + tonumber(ARGV[1])
if till > tonumber(redis.call('GET', KEYS[1]) or '0') then redis.call('SET', KEYS[1], till, 'PX', ARGV[1]) end
return till
`;

export async function pauseEndpoint(endpoint: Endpoint, seconds: number): Promise<void> {
  await redis().eval(PAUSE, [pauseKey(endpoint)], [seconds * 1_000]);
}

import { redis } from "@/lib/redis";
import { ENDPOINTS, type Endpoint } from "./budgets";

/**
 * A breaker per endpoint, shared by all instances. Closed counts failures in a row; at the limit it opens; when the time is over exactly
 * one caller gets the probe, and the others wait for its result.
 */
const FAILURES_TO_OPEN = 5;
const OPEN_MS = 15_000;
/** Longer than the longest call, so that a probe whose process died is handed to another. */
const PROBE_MS = 45_000;
const MEMORY_MS = 3_600_000;

const ENTER = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local openUntil = tonumber(redis.call('HGET', KEYS[1], 'openUntil') or '0')
if openUntil == 0 then return {1, 0} end
if now < openUntil then return {0, openUntil - now} end
local probeUntil = tonumber(redis.call('HGET', KEYS[1], 'probeUntil') or '0')
if now < probeUntil then return {0, math.min(probeUntil - now, 1000)} end
redis.call('HSET', KEYS[1], 'probeUntil', now + tonumber(ARGV[1]))
return {1, 0}
`;

const REPORT = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
if ARGV[1] == '1' then redis.call('DEL', KEYS[1]) return 0 end
local failures = redis.call('HINCRBY', KEYS[1], 'failures', 1)
if failures >= tonumber(ARGV[2]) then
  if not redis.call('HGET', KEYS[1], 'since') then redis.call('HSET', KEYS[1], 'since', now) end
  redis.call('HSET', KEYS[1], 'openUntil', now + tonumber(ARGV[3]))
  redis.call('HDEL', KEYS[1], 'probeUntil')
end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return failures
`;

const key = (endpoint: Endpoint) => `breaker:${endpoint}`;

/** Whether a call may go; if not, when to ask again. */
export async function enterBreaker(endpoint: Endpoint): Promise<{ allowed: boolean; waitMs: number }> {
  const [allowed, waitMs] = await redis().eval<number[], [number, number]>(ENTER, [key(endpoint)], [PROBE_MS]);
  return { allowed: allowed === 1, waitMs };
}

/** A clear answer, even a refusal, is health; no answer, a 5xx or an unreadable one is not. */
export async function reportToBreaker(endpoint: Endpoint, healthy: boolean): Promise<void> {
  await redis().eval(REPORT, [key(endpoint)], [healthy ? 1 : 0, FAILURES_TO_OPEN, OPEN_MS, MEMORY_MS]);
}

export interface BreakerView {
  endpoint: Endpoint;
  state: "closed" | "open" | "half_open";
  since: Date | null;
  failures: number;
}

export async function readBreakers(nowMs: number): Promise<BreakerView[]> {
  return Promise.all(
    ENDPOINTS.map(async (endpoint) => {
      const stored = await redis().hgetall<{ failures?: number; openUntil?: number; since?: number }>(key(endpoint));
      const openUntil = Number(stored?.openUntil ?? 0);
      const state = openUntil === 0 ? "closed" : nowMs < openUntil ? "open" : "half_open";
      return {
        endpoint,
        state,
        since: stored?.since ? new Date(Number(stored.since)) : null,
        failures: Number(stored?.failures ?? 0),
      };
    }),
  );
}

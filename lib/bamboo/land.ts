import type { Endpoint } from "./budgets";
import { LANDING_CONSTANTS, runTurnScript } from "./turn-script";

/**
 * ARGV: tookMs and wayMs ('' where no answer came), whether it was healthy, for how long a 429 asks to wait (0 for none), the ways that this
 * process knows from before, newest first, then the products. Answers the breaker's change ('opened', 'closed' or '') and the failures in a row.
 */
const LAND = `${LANDING_CONSTANTS}
local took, way, healthy, throttled = tonumber(ARGV[8]), ARGV[9], ARGV[10] == '1', tonumber(ARGV[11])

-- How long a call needs when nothing holds it up: see way.ts.
local function baseWay()
  local seen = redis.call('LRANGE', ways, 0, WAYS_KEPT - 1)
  if #seen < WAYS_NEEDED then return nil end
  local least, sum = math.huge, 0
  for _, text in ipairs(seen) do
    local ms = tonumber(text)
    sum = sum + ms
    least = math.min(least, ms)
  end
  local few = FEW_WAYS / #seen
  return math.max(0, least - WAY_CAUTION * math.sqrt(2 / #seen) * (1 + few * few) * (sum / #seen - least))
end

-- It arrived at the latest at the moment it was granted, and as much later as it took from then longer than the quickest; and a tick, for
-- the true moment may be past what the clock said. What a 429 taught stays on top.
local function lower()
  local leftAt, bound, base = score(turns, ticket), score(departed, ticket), baseWay()
  if not (leftAt and bound and base) then return end
  local sure = leftAt + tick + math.max(0, took - base) + guardNow() - guardBase
  if sure >= bound then return end
  redis.call('ZADD', departed, sure, ticket)
  local ids, mine, lives = {}, {}, {}
  for i = 13, #ARGV do ids[#ids + 1] = ARGV[i] end
  for i, live in ipairs(placesOf(ids)) do
    if ownPlace(live) == 'd' then mine[#mine + 1], lives[#lives + 1] = ids[i], live end
  end
  writePlaces(mine, lives, 'd', sure)
end

if took then
  -- After the memory was lost: what one process knows is enough to go on with.
  if redis.call('EXISTS', ways) == 0 then
    for text in string.gmatch(ARGV[12], '%S+') do redis.call('RPUSH', ways, text) end
  end
  redis.call('LPUSH', ways, way)
  redis.call('LTRIM', ways, 0, WAYS_KEPT - 1)
  redis.call('PEXPIRE', ways, DAY_MS)
  lower()
end

local wide = guardNow()
if throttled > 0 then
  pauseFor(throttled)
  redis.call('SET', guard, math.min(MAX_GUARD_MS, wide * 2), 'PX', DAY_MS)
elseif took and healthy and wide > guardBase then
  redis.call('SET', guard, guardBase + math.floor((wide - guardBase) * GUARD_KEPT), 'PX', DAY_MS)
end

local wasOpen = redis.call('HEXISTS', breaker, 'openUntil') == 1
if healthy then
  redis.call('DEL', breaker)
  return {wasOpen and 'closed' or '', 0}
end
local failures = redis.call('HINCRBY', breaker, 'failures', 1)
-- Long enough that an outage is remembered while nobody has anything to ask.
redis.call('PEXPIRE', breaker, 7 * DAY_MS)
local opens = failures >= FAILURES_TO_OPEN
-- Only the probe's failure opens it anew: those of calls that left before tell nothing new.
if wasOpen then opens = redis.call('HGET', breaker, 'probe') == ticket end
if not opens then return {'', failures} end
redis.call('HSETNX', breaker, 'since', now)
redis.call('HSET', breaker, 'openUntil', now + OPEN_MS)
redis.call('HDEL', breaker, 'probe', 'probeUntil')
return {wasOpen and '' or 'opened', failures}
`;

export interface Landing {
  endpoint: Endpoint;
  ticket: string;
  productIds?: readonly number[];
  /**
   * Absent where no answer came. `tookMs` to the answer counts from the earliest at which the moment can have been that `depart` granted;
   * `wayMs` from the request.
   */
  took?: { tookMs: number; wayMs: number };
  /** A clear answer, even a refusal, is health; no answer, a 5xx or an unreadable one is not. */
  healthy: boolean;
  /** How long a 429 asks everybody to wait. */
  throttledMs?: number;
  /** Of earlier calls, newest first; those of this process unless told. */
  knownWaysMs?: readonly number[];
}

export interface Landed {
  /** Exactly one caller is told each change. */
  change: "opened" | "closed" | null;
  failures: number;
}

/** As many as a process tells anew when Redis has lost them. */
const WAYS_TOLD = 60;
const lastWays = new Map<Endpoint, number[]>();

/** What a call taught, for all instances: when it can have arrived at the latest, a limit that was met, whether the supplier answers. */
export async function land(landing: Landing): Promise<Landed> {
  const {
    endpoint,
    ticket,
    productIds = [],
    took,
    healthy,
    throttledMs = 0,
    knownWaysMs = lastWays.get(endpoint) ?? [],
  } = landing;
  const timed = took ? [took.tookMs, took.wayMs] : ["", ""];
  if (took) lastWays.set(endpoint, [took.wayMs, ...knownWaysMs].slice(0, WAYS_TOLD));
  const own = [...timed, healthy ? 1 : 0, throttledMs, knownWaysMs.join(" "), ...productIds];
  const [change, failures] = await runTurnScript<["opened" | "closed" | "", number]>(LAND, endpoint, ticket, own);
  return { change: change === "" ? null : change, failures };
}

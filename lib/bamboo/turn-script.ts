import { env } from "@/lib/env";
import { redis } from "@/lib/redis";
import { budgets, type Endpoint } from "./budgets";
import { KEYS_OF_ENDPOINT, keysOf } from "./keys";
import { FEW_WAYS, GUARD_KEPT, MAX_GUARD_MS, WAY_CAUTION, WAYS_KEPT, WAYS_NEEDED } from "./way";

/**
 * What the scripts about turns share. KEYS: those of the endpoint, as `keysOf` lists them. ARGV: the ticket, the endpoint's limit, windowMs
 * and gapMs, a product's limit and windowMs, the base of the guard; a script's own from the eighth. All on Redis' own clock, in milliseconds
 * with what it has of fractions; waits that are told as whole milliseconds are rounded up.
 *
 * `turns` is the timetable: tickets by the moment at which they may go, or went. `departed` holds those that went, by the latest moment at
 * which their call can have arrived; it alone decides whether the next may go. `products` keeps a product's places as text, one after the
 * other: `d` and a ticket that departed, by its latest arrival, or `h` and a ticket that holds a place, by its moment; whole milliseconds,
 * rounded up.
 */
const PRELUDE = `
local ${KEYS_OF_ENDPOINT.join(", ")} = unpack(KEYS)
local ticket = ARGV[1]
local limit, window, gap = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local productLimit, productWindow = tonumber(ARGV[5]), tonumber(ARGV[6])
local guardBase = tonumber(ARGV[7])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
-- By how much the true time may be past \`now\`: a clock may count only whole milliseconds.
local tick = clock[2] % 1000 == 0 and 1 or 0.001

local OPEN_MS, FAILURES_TO_OPEN = 15000, 5
-- Longer than the longest call, so that a probe whose process died is handed to another.
local PROBE_MS, MAX_PROBE_WAIT_MS = 45000, 1000
-- A hold whose turn passed so long ago is that of a process that died.
local HOLD_MS = 15000
local KEPT_MS, DAY_MS = 60000, 86400000

local function number(text) return tonumber(text or '0') end

local function score(set, member)
  local found = redis.call('ZSCORE', set, member)
  return found and tonumber(found) or nil
end

local function newest(set, nth)
  local found = redis.call('ZREVRANGE', set, nth - 1, nth - 1, 'WITHSCORES')
  return found[2] and tonumber(found[2]) or nil
end

-- The ticket's moment; nothing where it was not given out, was given back, or is so old that it may be forgotten any time.
local function turnMoment()
  local at = score(turns, ticket)
  if at and at > now - KEPT_MS and redis.call('EXISTS', marker) == 1 then return at end
end

-- The moment from which the endpoint's budget has room after those in the set.
local function roomAt(set, more)
  local last, limiting = newest(set, 1), newest(set, limit)
  return math.max(last and last + gap + more or 0, limiting and limiting + window + more or 0)
end

local function keep(set, at)
  redis.call('ZADD', set, at, ticket)
  redis.call('ZREMRANGEBYSCORE', set, '-inf', now - window - KEPT_MS)
  redis.call('PEXPIRE', set, math.ceil(math.max(at - now, 0)) + window + 2 * KEPT_MS)
end

-- Zero lets the ticket's call go, in a half-open breaker as the probe.
local function breakerWait()
  local openUntil = number(redis.call('HGET', breaker, 'openUntil'))
  if openUntil == 0 then return 0 end
  if now < openUntil then return openUntil - now end
  local probe, probeUntil = unpack(redis.call('HMGET', breaker, 'probe', 'probeUntil'))
  if not probe or probe == ticket or now >= number(probeUntil) then return 0 end
  return math.min(number(probeUntil) - now, MAX_PROBE_WAIT_MS)
end

local function takeProbe()
  if redis.call('HEXISTS', breaker, 'openUntil') == 1 then
    redis.call('HSET', breaker, 'probe', ticket, 'probeUntil', now + PROBE_MS)
  end
end

local function guardNow() return math.max(guardBase, number(redis.call('GET', guard))) end
-- By how much a 429 has widened it: so much longer each call has to wait for the one before, and is better told so when it reserves.
local function widened() return guardNow() - guardBase end

local function pauseFor(ms)
  local till = now + ms
  if till > number(redis.call('GET', pause)) then redis.call('SET', pause, till, 'PX', ms) end
end

local function isLater(a, b) return a.at > b.at end

-- The places of each product that still count, the latest first.
local function placesOf(ids)
  local lives = {}
  local texts = #ids > 0 and redis.call('HMGET', products, unpack(ids))
  for i = 1, #ids do
    local live = {}
    if texts[i] then
      for text, kind, holder, at in string.gmatch(texts[i], '((%a)([^=]+)=(%d+))') do
        at = tonumber(at)
        local over = at + (kind == 'd' and productWindow or HOLD_MS)
        if over > now then live[#live + 1] = {text = text, kind = kind, ticket = holder, at = at, over = over} end
      end
      if #live > 1 then table.sort(live, isLater) end
    end
    lives[i] = live
  end
  return lives
end

-- The ticket's own place: 'd', 'h' or nil.
local function ownPlace(live)
  for _, place in ipairs(live) do if place.ticket == ticket then return place.kind end end
end

-- When a product has room. Who holds a place goes by what left; who has none comes after those that hold one, too.
local function productRoomAt(live)
  local holds, counted = ownPlace(live), 0
  for _, place in ipairs(live) do
    if place.ticket ~= ticket and (place.kind == 'd' or not holds) then
      counted = counted + 1
      if counted == productLimit then return place.at + productWindow end
    end
  end
  return 0
end

-- Writes the places of each product with the ticket's own, or without it where there is no kind: all at once, for a basket holds many.
-- The index knows when none of a product's places counts.
local function writePlaces(ids, lives, kind, at)
  local texts, ends, gone = {}, {}, {}
  local own, ownOver = nil, 0
  if kind then
    own = string.format('%s%s=%d', kind, ticket, math.ceil(at))
    ownOver = math.ceil(at) + (kind == 'd' and productWindow or HOLD_MS)
  end
  for i, id in ipairs(ids) do
    local parts, over = {own}, ownOver
    for _, place in ipairs(lives[i]) do
      if place.ticket ~= ticket then
        parts[#parts + 1] = place.text
        if place.over > over then over = place.over end
      end
    end
    if #parts == 0 then
      gone[#gone + 1] = id
    else
      texts[#texts + 1], texts[#texts + 2] = id, table.concat(parts, ' ')
      ends[#ends + 1], ends[#ends + 2] = over, id
    end
  end
  if #gone > 0 then
    redis.call('HDEL', products, unpack(gone))
    redis.call('ZREM', productIndex, unpack(gone))
  end
  if #texts > 0 then
    redis.call('HSET', products, unpack(texts))
    redis.call('ZADD', productIndex, unpack(ends))
    redis.call('PEXPIRE', products, productWindow + 2 * KEPT_MS)
    redis.call('PEXPIRE', productIndex, productWindow + 2 * KEPT_MS)
  end
end

-- Frees the ticket's places of the products from this argument on.
local function dropPlaces(first)
  local ids, held, lives = {}, {}, {}
  for i = first, #ARGV do ids[#ids + 1] = ARGV[i] end
  for i, live in ipairs(placesOf(ids)) do
    if ownPlace(live) then held[#held + 1], lives[#lives + 1] = ids[i], live end
  end
  writePlaces(held, lives)
end

-- Those behind a late one are late by no more than it has to cost them, and stay in turn.
local function moveFollowers(from, wentAt)
  local pace, last = gap, wentAt
  if limit == 1 then pace = math.max(gap, window) end
  pace = pace + widened()
  local later = redis.call('ZRANGEBYSCORE', turns, '(' .. string.format('%.17g', from), '+inf', 'WITHSCORES')
  for i = 1, #later, 2 do
    if not score(departed, later[i]) then
      local at = tonumber(later[i + 1])
      last = math.max(at, last + pace)
      if last > at then redis.call('ZADD', turns, last, later[i]) end
    end
  end
end

-- Lets the ticket's call go with these products, now or at a moment so little ahead, and says how many microseconds are left until then;
-- or says how long it has to wait and why. Who asks again has not sent.
local function depart(ids, lateMs, aheadMs)
  local turnAt = turnMoment()
  if not turnAt then return {0, 0, 'settling'} end
  redis.call('ZREM', departed, ticket)
  local broken = breakerWait()
  if broken > 0 then return {0, math.ceil(broken), 'breaker'} end
  local paused = number(redis.call('GET', pause))
  if paused > now + aheadMs then return {0, math.ceil(paused - now), 'paused'} end
  local freeAt = math.max(now, turnAt, paused, roomAt(departed, 0))
  local at, lives = freeAt, placesOf(ids)
  for _, live in ipairs(lives) do at = math.max(at, productRoomAt(live)) end
  if at > now + aheadMs then return {0, math.ceil(at - now), at > freeAt and 'product' or 'limit'} end
  takeProbe()
  local arrivedAt = at + guardNow() + lateMs
  keep(departed, arrivedAt)
  writePlaces(ids, lives, 'd', arrivedAt)
  keep(turns, at)
  moveFollowers(turnAt, at)
  return {1, math.ceil((at - now) * 1000), 'go'}
end
`;

/** What `land` and its plain form agree on. */
export const LANDING_CONSTANTS = `
local WAYS_KEPT, WAYS_NEEDED, WAY_CAUTION, FEW_WAYS = ${WAYS_KEPT}, ${WAYS_NEEDED}, ${WAY_CAUTION}, ${FEW_WAYS}
local MAX_GUARD_MS, GUARD_KEPT = ${MAX_GUARD_MS}, ${GUARD_KEPT}
`;

/** Runs a script on the keys of an endpoint. Throws when Redis cannot be reached: nothing goes to Bamboo then. */
export async function runTurnScript<T>(
  body: string,
  endpoint: Endpoint,
  ticket: string,
  own: readonly (string | number)[],
): Promise<T> {
  const { limit, windowMs, gapMs } = budgets()[endpoint];
  const product = budgets().placeOrderProduct;
  const shared = [ticket, limit, windowMs, gapMs, product.limit, product.windowMs, env().BAMBOO_GUARD_MS];
  const script = redis().createScript<T>(PRELUDE + body);
  return script.exec(keysOf(endpoint), [...shared, ...own].map(String));
}

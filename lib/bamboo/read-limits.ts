import { env } from "@/lib/env";
import { budgets, ENDPOINTS, type Endpoint } from "./budgets";
import { runTurnScript } from "./turn-script";

/** Answers now, calls in the window, turns still ahead, the next free moment, the guard, and until when it is paused; then the breaker. */
const READ = `
local ahead = 0
local later = redis.call('ZRANGEBYSCORE', turns, now, '+inf')
for _, holder in ipairs(later) do if not score(departed, holder) then ahead = ahead + 1 end end
local used = redis.call('ZCOUNT', turns, string.format('(%.17g', now - window), '+inf')
local found = redis.call('HMGET', breaker, 'failures', 'openUntil', 'since')
return {now, used, ahead, math.max(now, roomAt(turns, widened())), guardNow(), number(redis.call('GET', pause)),
  number(found[1]), number(found[2]), number(found[3])}
`;

export interface BudgetUsage {
  endpoint: Endpoint;
  limit: number;
  windowMs: number;
  gapMs: number;
  source: "default" | "environment";
  /** Calls within the window that ends now, those still ahead included. */
  used: number;
  /** Turns given out that are still to come. */
  ahead: number;
  /** When the next turn would be; null is at once. */
  nextFreeAt: Date | null;
  /** How much longer than the quickest a call is taken to be under way, until it is known: `nowMs` is wider than `baseMs` after a 429. */
  guard: { baseMs: number; nowMs: number };
  pausedUntil: Date | null;
}

export interface BreakerView {
  endpoint: Endpoint;
  state: "closed" | "open" | "half_open";
  since: Date | null;
  failures: number;
}

/** How much of each endpoint's budget is taken. Moments are Redis', told on the caller's clock. */
export async function readBudgetUsage(nowMs: number): Promise<BudgetUsage[]> {
  const table = budgets();
  return Promise.all(
    ENDPOINTS.map(async (endpoint) => {
      const { now, used, ahead, freeAt, guard, pausedUntil } = await read(endpoint);
      const later = (at: number) => (at > now ? new Date(nowMs + at - now) : null);
      return {
        endpoint,
        ...table[endpoint],
        used,
        ahead,
        nextFreeAt: later(Math.max(freeAt, pausedUntil)),
        guard,
        pausedUntil: later(pausedUntil),
      };
    }),
  );
}

export async function readBreakers(nowMs: number): Promise<BreakerView[]> {
  return Promise.all(
    ENDPOINTS.map(async (endpoint) => {
      const { now, failures, openUntil, since } = await read(endpoint);
      const state = openUntil === 0 ? "closed" : now < openUntil ? "open" : "half_open";
      return { endpoint, state, since: since > 0 ? new Date(nowMs + since - now) : null, failures };
    }),
  );
}

async function read(endpoint: Endpoint) {
  const answer = await runTurnScript<number[]>(READ, endpoint, "", []);
  const [now = 0, used = 0, ahead = 0, freeAt = 0, guardMs = 0, pausedUntil = 0, failures = 0, openUntil = 0, since = 0] = answer;
  return {
    now,
    used,
    ahead,
    freeAt,
    guard: { baseMs: env().BAMBOO_GUARD_MS, nowMs: guardMs },
    pausedUntil,
    failures,
    openUntil,
    since,
  };
}

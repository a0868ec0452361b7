import { Ratelimit } from "@upstash/ratelimit";
import { AppError } from "@/lib/errors";
import { asError, log } from "@/lib/log";
import { redis } from "@/lib/redis";

/**
 * What callers may do per minute, keyed by session or, before one, by address. `whenDown` is the choice for a cache that cannot be
 * reached or is late: "local" goes on under a bucket of this process, "refuse" does not.
 */
export const LIMITS = {
  read: { perMinute: 600, whenDown: "local" },
  /** Each keystroke of a search is a request. */
  catalog: { perMinute: 1_200, whenDown: "local" },
  order: { perMinute: 300, whenDown: "local" },
  reveal: { perMinute: 60, whenDown: "refuse" },
  signIn: { perMinute: 20, whenDown: "refuse" },
  /** A page of the catalogue shows dozens, each kept by the browser for a day. */
  logo: { perMinute: 6_000, whenDown: "local" },
  callback: { perMinute: 6_000, whenDown: "local" },
} as const satisfies Record<string, { perMinute: number; whenDown: "local" | "refuse" }>;

export type LimitName = keyof typeof LIMITS;

/** The shared answer is waited for this long and no longer: it is asked beside the database, not before it. */
const LATE_MS = 250;
const REFUSE_LATE_MS = 2_000;

const shared = new Map<LimitName, Ratelimit>();
const local = new Map<string, { tokens: number; at: number }>();
const MAX_LOCAL = 10_000;

/** Throws `rate_limited` when the caller is over, `unavailable` when nobody can say and the policy is to refuse. */
export async function assertLimit(name: LimitName, key: string): Promise<void> {
  const { whenDown } = LIMITS[name];
  const answer = await askShared(name, key, whenDown === "refuse" ? REFUSE_LATE_MS : LATE_MS);
  if (answer === "unknown" && whenDown === "refuse") {
    throw new AppError("unavailable", "This is switched off for a moment, to be safe. Try again in a minute.", {
      retryAfterSeconds: 30,
    });
  }
  const allowed = answer === "unknown" ? takeLocal(name, key) : answer;
  if (!allowed)
    throw new AppError("rate_limited", "Too many requests in the last minute. Wait a little and try again.", {
      retryAfterSeconds: 10,
    });
}

async function askShared(name: LimitName, key: string, lateMs: number): Promise<boolean | "unknown"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"unknown">((resolve) => {
    timer = setTimeout(() => resolve("unknown"), lateMs);
  });
  // The library answers "allowed" on a timeout of its own; ours is sooner and means "unknown".
  const asked = limiter(name)
    .limit(key)
    .then(({ success }) => success)
    .catch((thrown: unknown) => {
      log.warn("The shared rate limit did not answer", { reason: name, err: asError(thrown) });
      return "unknown" as const;
    });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

function limiter(name: LimitName): Ratelimit {
  const known = shared.get(name);
  if (known) return known;
  const made = new Ratelimit({
    redis: redis(),
    limiter: Ratelimit.slidingWindow(LIMITS[name].perMinute, "1 m"),
    prefix: `limit:${name}`,
    timeout: 0,
    ephemeralCache: false,
  });
  shared.set(name, made);
  return made;
}

/** A token bucket of this process, emptied oldest first when it holds too many callers. */
function takeLocal(name: LimitName, key: string): boolean {
  const id = `${name}:${key}`;
  const { perMinute } = LIMITS[name];
  const now = Date.now();
  const bucket = local.get(id) ?? { tokens: perMinute, at: now };
  const tokens = Math.min(perMinute, bucket.tokens + ((now - bucket.at) / 60_000) * perMinute);
  local.delete(id);
  local.set(id, { tokens: Math.max(tokens - 1, 0), at: now });
  const [oldest] = local.keys();
  if (local.size > MAX_LOCAL && oldest !== undefined) local.delete(oldest);
  return tokens >= 1;
}

import { Redis } from "@upstash/redis";
import { env } from "./env";

const REQUEST_TIMEOUT_MS = 3_000;

let client: Redis | undefined;

/** The one Upstash client. Auto-pipelining is off: budgets need each script to run in the order it was asked for. */
export function redis(): Redis {
  client ??= new Redis({
    url: env().UPSTASH_REDIS_REST_URL,
    token: env().UPSTASH_REDIS_REST_TOKEN,
    enableAutoPipelining: false,
    enableTelemetry: false,
    retry: { retries: 1, backoff: () => 100 },
    signal: () => AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  return client;
}

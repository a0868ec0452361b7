import { Redis } from "@upstash/redis";
import { env } from "./env";
import { redisRequester } from "./redis-requester";

const REQUEST_TIMEOUT_MS = 3_000;

let client: Redis | undefined;

/** The one Upstash client. It sends each command as it is asked for: budgets need every script to run in that order. */
export function redis(): Redis {
  client ??= new Redis(
    redisRequester({ url: env().UPSTASH_REDIS_REST_URL, token: env().UPSTASH_REDIS_REST_TOKEN, timeoutMs: REQUEST_TIMEOUT_MS }),
  );
  return client;
}

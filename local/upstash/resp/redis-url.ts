import { toBytes } from "../engine/bytes";
import type { Command, RedisAddress } from "./connection";

const DEFAULT_PORT = 6379;

/** Reads `redis://[user:password@]host[:port][/database]`. */
export function parseRedisUrl(text: string): RedisAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "redis:") {
    throw new Error("REDIS_URL must look like redis://127.0.0.1:6379; TLS (rediss) is not served, use a local redis-server");
  }
  const greeting: Command[] = [];
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)].map(toBytes);
  if (password) greeting.push(user ? ["AUTH", user, password] : ["AUTH", password]);
  const database = url.pathname.slice(1);
  if (database !== "") greeting.push(["SELECT", toBytes(database)]);
  return { host: url.hostname, port: Number(url.port || DEFAULT_PORT), greeting };
}

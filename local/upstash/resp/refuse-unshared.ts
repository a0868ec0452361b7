import { RedisError } from "../engine/reply";
import type { Command } from "./connection";

/** These change or block the one connection that all clients share. */
const UNSHARED =
  /^((p|s)?(un)?subscribe|monitor|multi|exec|discard|(un)?watch|select|auth|hello|reset|quit|client|shutdown|debug|wait(aof)?|(bl|br|bz)[a-z]+)$/i;
const STREAM_READS = /^xread(group)?$/i;

/** The refusal of a command that the shared connection to redis-server cannot carry, if it is one. */
export function refuseUnshared(command: Command): RedisError | undefined {
  const [name = "", ...args] = command;
  const blocks = STREAM_READS.test(name) && args.some((word) => word.toUpperCase() === "BLOCK");
  if (!blocks && !UNSHARED.test(name)) return undefined;
  return new RedisError(`ERR '${name.toUpperCase()}' cannot be sent over REST: it belongs to one connection`);
}

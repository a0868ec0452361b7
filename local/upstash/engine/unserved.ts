import type { Bytes } from "./bytes";
import { RedisError } from "./reply";

const UNSERVED = [
  /^x(ack|add|autoclaim|claim|del|group|info|len|pending|range|read|readgroup|revrange|trim)$/,
  /^(json|ft|vector|search)\./,
  /^(geo|pf|bit|ar)[a-z]+(_ro)?$/,
  /^(set|get)bit$/,
  /^h(p?expire(at)?|p?expiretime|p?ttl|persist|getex|setex|getdel)$/,
  /^(p|s)?(un)?subscribe$/,
  /^s?publish$/,
  /^(fcall(_ro)?|function)$/,
  /^(bl|br|bz)[a-z]+$/,
  /^(acl|auth|client|cluster|config|debug|dump|info|monitor|object|restore|select|sort(_ro)?|wait|watch|unwatch|multi|exec|discard)$/,
];
const MAX_SHOWN_ARGS = 128;

/** The refusal of a command that is not in the table: by name if Redis or Upstash has it, else Redis' own text. */
export function unknownCommand(name: Bytes, args: readonly Bytes[]): RedisError {
  if (UNSERVED.some((pattern) => pattern.test(name.toLowerCase()))) {
    return new RedisError(`ERR '${name.toUpperCase()}' is not served by the local Upstash; use a real database for it`);
  }
  let shown = "";
  for (const text of args) {
    if (shown.length >= MAX_SHOWN_ARGS) break;
    shown += `'${text.slice(0, MAX_SHOWN_ARGS - shown.length)}' `;
  }
  return new RedisError(`ERR unknown command '${name.slice(0, MAX_SHOWN_ARGS)}', with args beginning with: ${shown}`);
}

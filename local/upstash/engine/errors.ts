import { RedisError } from "./reply";

export const wrongType = () => new RedisError("WRONGTYPE Operation against a key holding the wrong kind of value");
export const syntaxError = () => new RedisError("ERR syntax error");
export const notAnInteger = () => new RedisError("ERR value is not an integer or out of range");
export const notAFloat = () => new RedisError("ERR value is not a valid float");
export const wouldOverflow = () => new RedisError("ERR increment or decrement would overflow");
export const noSuchKey = () => new RedisError("ERR no such key");
export const indexOutOfRange = () => new RedisError("ERR index out of range");
export const stringTooLong = () => new RedisError("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
export const noScript = () => new RedisError("NOSCRIPT No matching script. Please use EVAL.");
export const invalidExpireTime = (command: string) => new RedisError(`ERR invalid expire time in '${command}' command`);
export const wrongArity = (command: string) => new RedisError(`ERR wrong number of arguments for '${command}' command`);

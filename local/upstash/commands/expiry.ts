import type { Bytes } from "../engine/bytes";
import { arg, type Command, type CommandTable, reads, writes } from "../engine/command";
import { invalidExpireTime } from "../engine/errors";
import { integer } from "../engine/numbers";
import { RedisError } from "../engine/reply";

const SECOND_MS = 1000;
const NO_KEY = -2;
const NO_EXPIRY = -1;

export const expiryCommands: CommandTable = {
  expire: expire("expire", SECOND_MS, true),
  pexpire: expire("pexpire", 1, true),
  expireat: expire("expireat", SECOND_MS, false),
  pexpireat: expire("pexpireat", 1, false),
  persist: writes(2, (db, args) => {
    const entry = db.find(arg(args, 0));
    if (entry?.expiresAtMs === undefined) return 0;
    entry.expiresAtMs = undefined;
    return 1;
  }),
  ttl: remaining((leftMs) => Math.floor((leftMs + SECOND_MS / 2) / SECOND_MS), true),
  pttl: remaining((leftMs) => leftMs, true),
  expiretime: remaining((atMs) => Math.floor((atMs + SECOND_MS / 2) / SECOND_MS), false),
  pexpiretime: remaining((atMs) => atMs, false),
};

/** A time in the future as milliseconds since 1970; `unitMs` is what one unit of the argument lasts. */
export function expiryTime(text: Bytes, unitMs: number, nowMs: number, command: string, mustBePositive = true): number {
  const amount = integer(text);
  const atMs = amount * unitMs + nowMs;
  if ((mustBePositive && amount <= 0) || !Number.isSafeInteger(atMs)) throw invalidExpireTime(command);
  return atMs;
}

function expire(name: string, unitMs: number, fromNow: boolean): Command {
  return writes(-3, (db, args) => {
    const atMs = expiryTime(arg(args, 1), unitMs, fromNow ? db.now() : 0, name, false);
    const flags = parseFlags(args.slice(2));
    const entry = db.find(arg(args, 0));
    if (!entry) return 0;
    const beforeMs = entry.expiresAtMs;
    if (flags.has("NX") && beforeMs !== undefined) return 0;
    if (flags.has("XX") && beforeMs === undefined) return 0;
    if (flags.has("GT") && (beforeMs === undefined || atMs <= beforeMs)) return 0;
    if (flags.has("LT") && beforeMs !== undefined && atMs >= beforeMs) return 0;
    if (atMs <= db.now()) db.remove(arg(args, 0));
    else entry.expiresAtMs = atMs;
    return 1;
  });
}

function parseFlags(texts: readonly Bytes[]): Set<string> {
  const flags = new Set(texts.map((text) => text.toUpperCase()));
  for (const flag of flags) if (!["NX", "XX", "GT", "LT"].includes(flag)) throw new RedisError(`ERR Unsupported option ${flag}`);
  if (flags.has("NX") && flags.size > 1) {
    throw new RedisError("ERR NX and XX, GT or LT options at the same time are not compatible");
  }
  if (flags.has("GT") && flags.has("LT")) throw new RedisError("ERR GT and LT options at the same time are not compatible");
  return flags;
}

function remaining(show: (ms: number) => number, fromNow: boolean): Command {
  return reads(2, (db, args) => {
    const entry = db.find(arg(args, 0));
    if (!entry) return NO_KEY;
    if (entry.expiresAtMs === undefined) return NO_EXPIRY;
    return show(fromNow ? entry.expiresAtMs - db.now() : entry.expiresAtMs);
  });
}

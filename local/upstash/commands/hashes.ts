import type { Bytes } from "../engine/bytes";
import { arg, type CommandTable, pairs, reads, writes } from "../engine/command";
import type { Db } from "../engine/db";
import { syntaxError, wrongArity } from "../engine/errors";
import { asInt64, double, integer } from "../engine/numbers";
import { OK, RedisError, type Reply } from "../engine/reply";
import { dropIfEmpty, hashAt, hashToWrite } from "../engine/typed";
import { addInt64, amount, incrementDecimal, integerReply } from "./counters";
import { randomPicks } from "./random";

export const hashCommands: CommandTable = {
  hget: reads(3, (db, args) => hashAt(db, arg(args, 0))?.get(arg(args, 1)) ?? null),
  hset: writes(-4, (db, args) => setFields(db, args, "hset")),
  hmset: writes(-4, (db, args) => {
    setFields(db, args, "hmset");
    return OK;
  }),
  hsetnx: writes(4, (db, args) => {
    if (hashAt(db, arg(args, 0))?.has(arg(args, 1))) return 0;
    hashToWrite(db, arg(args, 0)).set(arg(args, 1), arg(args, 2));
    return 1;
  }),
  hmget: reads(-3, (db, args) => {
    const fields = hashAt(db, arg(args, 0));
    return args.slice(1).map((field) => fields?.get(field) ?? null);
  }),
  hgetall: reads(2, (db, args) => [...(hashAt(db, arg(args, 0)) ?? [])].flat()),
  hkeys: reads(2, (db, args) => [...(hashAt(db, arg(args, 0))?.keys() ?? [])]),
  hvals: reads(2, (db, args) => [...(hashAt(db, arg(args, 0))?.values() ?? [])]),
  hlen: reads(2, (db, args) => hashAt(db, arg(args, 0))?.size ?? 0),
  hexists: reads(3, (db, args) => (hashAt(db, arg(args, 0))?.has(arg(args, 1)) ? 1 : 0)),
  hstrlen: reads(3, (db, args) => hashAt(db, arg(args, 0))?.get(arg(args, 1))?.length ?? 0),
  hdel: writes(-3, (db, args) => {
    const fields = hashAt(db, arg(args, 0));
    const removed = args.slice(1).filter((field) => fields?.delete(field)).length;
    dropIfEmpty(db, arg(args, 0));
    return removed;
  }),
  hincrby: writes(4, (db, args) => {
    const by = amount(arg(args, 2));
    const before = asInt64(hashAt(db, arg(args, 0))?.get(arg(args, 1)) ?? "0");
    if (before === undefined) throw new RedisError("ERR hash value is not an integer");
    const after = addInt64(before, by);
    hashToWrite(db, arg(args, 0)).set(arg(args, 1), after.toString());
    return integerReply(after);
  }),
  hincrbyfloat: writes(4, (db, args) => {
    double(arg(args, 2));
    const before = hashAt(db, arg(args, 0))?.get(arg(args, 1)) ?? "0";
    if (!isFloat(before)) throw new RedisError("ERR hash value is not a float");
    const after = incrementDecimal(before, arg(args, 2));
    hashToWrite(db, arg(args, 0)).set(arg(args, 1), after);
    return after;
  }),
  hrandfield: reads(-2, (db, args) => randomFields(db, args)),
};

function setFields(db: Db, args: readonly Bytes[], command: string): number {
  if (args.length % 2 !== 1) throw wrongArity(command);
  const fields = hashToWrite(db, arg(args, 0));
  const before = fields.size;
  for (const [field, value] of pairs(args, 1)) fields.set(field, value);
  return fields.size - before;
}

function isFloat(text: Bytes): boolean {
  try {
    return Number.isFinite(double(text));
  } catch (error) {
    if (error instanceof RedisError) return false;
    throw error;
  }
}

function randomFields(db: Db, args: readonly Bytes[]): Reply {
  const fields = hashAt(db, arg(args, 0));
  if (args.length === 1) return fields ? (randomPicks([...fields.keys()], 1)[0] ?? null) : null;
  const withValues = args[2]?.toUpperCase() === "WITHVALUES";
  if (args.length > (withValues ? 3 : 2)) throw syntaxError();
  const picks = randomPicks([...(fields?.keys() ?? [])], integer(arg(args, 1)));
  return withValues ? picks.flatMap((field) => [field, fields?.get(field) ?? null]) : picks;
}

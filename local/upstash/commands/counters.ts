import type { Bytes } from "../engine/bytes";
import { arg, type CommandTable, writes } from "../engine/command";
import type { Db } from "../engine/db";
import { addDecimals } from "../engine/decimals";
import { notAnInteger, wouldOverflow } from "../engine/errors";
import { asInt64, double, isInt64 } from "../engine/numbers";
import { RedisError, type Reply } from "../engine/reply";
import { putString, stringAt } from "../engine/typed";

export const counterCommands: CommandTable = {
  incr: writes(2, (db, args) => increment(db, arg(args, 0), 1n)),
  decr: writes(2, (db, args) => increment(db, arg(args, 0), -1n)),
  incrby: writes(3, (db, args) => increment(db, arg(args, 0), amount(arg(args, 1)))),
  decrby: writes(3, (db, args) => {
    const by = amount(arg(args, 1));
    if (!isInt64(-by)) throw new RedisError("ERR decrement would overflow");
    return increment(db, arg(args, 0), -by);
  }),
  incrbyfloat: writes(3, (db, args) => {
    const text = incrementDecimal(stringAt(db, arg(args, 0)) ?? "0", arg(args, 1));
    putString(db, arg(args, 0), text);
    return text;
  }),
};

/** The increment of INCRBY and HINCRBY. */
export function amount(text: Bytes): bigint {
  const value = asInt64(text);
  if (value === undefined) throw notAnInteger();
  return value;
}

/** The sum of a stored 64-bit integer and an increment, refused if it leaves the 64 bits. */
export function addInt64(before: bigint, by: bigint): bigint {
  const after = before + by;
  if (!isInt64(after)) throw wouldOverflow();
  return after;
}

/** The sum that INCRBYFLOAT and HINCRBYFLOAT store; both must be finite numbers. */
export function incrementDecimal(before: Bytes, by: Bytes): Bytes {
  if (!Number.isFinite(double(before)) || !Number.isFinite(double(by))) {
    throw new RedisError("ERR increment would produce NaN or Infinity");
  }
  return addDecimals(before, by);
}

/** An integer reply: a plain number where that is exact. */
export function integerReply(value: bigint): Reply {
  const plain = Number(value);
  return Number.isSafeInteger(plain) ? plain : value;
}

function increment(db: Db, key: Bytes, by: bigint): Reply {
  const before = asInt64(stringAt(db, key) ?? "0");
  if (before === undefined) throw notAnInteger();
  const after = addInt64(before, by);
  putString(db, key, after.toString());
  return integerReply(after);
}

import type { Bytes } from "../engine/bytes";
import { arg, type Command, type CommandTable, reads, writes } from "../engine/command";
import type { Db } from "../engine/db";
import { indexOutOfRange, noSuchKey, syntaxError } from "../engine/errors";
import { integer } from "../engine/numbers";
import { OK, RedisError, type Reply } from "../engine/reply";
import { dropIfEmpty, listAt, listToWrite } from "../engine/typed";
import { positions } from "./list-positions";

type End = "LEFT" | "RIGHT";

export const listCommands: CommandTable = {
  lpush: push("LEFT", false),
  rpush: push("RIGHT", false),
  lpushx: push("LEFT", true),
  rpushx: push("RIGHT", true),
  lpop: writes(-2, (db, args) => pop(db, args, "LEFT")),
  rpop: writes(-2, (db, args) => pop(db, args, "RIGHT")),
  llen: reads(2, (db, args) => listAt(db, arg(args, 0))?.length ?? 0),
  lindex: reads(3, (db, args) => listAt(db, arg(args, 0))?.at(integer(arg(args, 1))) ?? null),
  lrange: reads(4, (db, args) => {
    const items = listAt(db, arg(args, 0)) ?? [];
    return items.slice(...bounds(items.length, integer(arg(args, 1)), integer(arg(args, 2))));
  }),
  ltrim: writes(4, (db, args) => {
    const [start, stop] = [integer(arg(args, 1)), integer(arg(args, 2))];
    const items = listAt(db, arg(args, 0)) ?? [];
    const kept = items.slice(...bounds(items.length, start, stop));
    replaceItems(items, kept);
    dropIfEmpty(db, arg(args, 0));
    return OK;
  }),
  lset: writes(4, (db, args) => {
    const items = listAt(db, arg(args, 0));
    if (!items) throw noSuchKey();
    const index = integer(arg(args, 1));
    const at = index < 0 ? items.length + index : index;
    if (at < 0 || at >= items.length) throw indexOutOfRange();
    items[at] = arg(args, 2);
    return OK;
  }),
  lrem: writes(4, (db, args) => remove(db, arg(args, 0), integer(arg(args, 1)), arg(args, 2))),
  linsert: writes(5, (db, args) => {
    const where = arg(args, 1).toUpperCase();
    if (where !== "BEFORE" && where !== "AFTER") throw syntaxError();
    const items = listAt(db, arg(args, 0));
    if (!items) return 0;
    const at = items.indexOf(arg(args, 2));
    if (at < 0) return -1;
    items.splice(where === "BEFORE" ? at : at + 1, 0, arg(args, 3));
    return items.length;
  }),
  lpos: reads(-3, (db, args) => positions(listAt(db, arg(args, 0)) ?? [], args.slice(1))),
  lmove: writes(5, (db, args) => move(db, arg(args, 0), arg(args, 1), end(arg(args, 2)), end(arg(args, 3)))),
  rpoplpush: writes(3, (db, args) => move(db, arg(args, 0), arg(args, 1), "RIGHT", "LEFT")),
  lmpop: writes(-4, (db, args) => popFirst(db, args)),
};

/** Inclusive Redis positions, negative from the end, as the two arguments of `slice`. */
export function bounds(length: number, start: number, stop: number): [number, number] {
  const from = start < 0 ? Math.max(length + start, 0) : start;
  const to = stop < 0 ? length + stop : stop;
  return [from, Math.max(to + 1, 0)];
}

/** Spreading a long list into `splice` would overflow the stack. */
function replaceItems(items: Bytes[], kept: readonly Bytes[]): void {
  items.length = 0;
  for (const item of kept) items.push(item);
}

function push(side: End, onlyExisting: boolean): Command {
  return writes(-3, (db, args) => {
    const found = listAt(db, arg(args, 0));
    if (onlyExisting && !found) return 0;
    const items = found ?? listToWrite(db, arg(args, 0));
    for (const item of args.slice(1)) addTo(items, side, item);
    return items.length;
  });
}

function addTo(items: Bytes[], side: End, item: Bytes): void {
  if (side === "LEFT") items.unshift(item);
  else items.push(item);
}

function takeFrom(items: Bytes[] | undefined, side: End): Bytes | undefined {
  return side === "LEFT" ? items?.shift() : items?.pop();
}

function takeMany(items: Bytes[], side: End, count: number): Bytes[] {
  return side === "LEFT" ? items.splice(0, count) : items.splice(Math.max(items.length - count, 0)).reverse();
}

function pop(db: Db, args: readonly Bytes[], side: End): Reply {
  if (args.length > 2) throw syntaxError();
  const count = args.length === 2 ? integer(arg(args, 1)) : 1;
  if (count < 0) throw new RedisError("ERR value is out of range, must be positive");
  const items = listAt(db, arg(args, 0));
  if (!items) return null;
  const taken = takeMany(items, side, count);
  dropIfEmpty(db, arg(args, 0));
  return args.length === 2 ? taken : (taken[0] ?? null);
}

function popFirst(db: Db, args: readonly Bytes[]): Reply {
  const keyCount = integer(arg(args, 0));
  if (keyCount <= 0) throw new RedisError("ERR numkeys should be greater than 0");
  const side = end(arg(args, 1 + keyCount));
  const options = args.slice(2 + keyCount);
  if (options.length > 0 && (options.length !== 2 || options[0]?.toUpperCase() !== "COUNT")) throw syntaxError();
  const count = options.length > 0 ? integer(arg(options, 1)) : 1;
  if (count <= 0) throw new RedisError("ERR count should be greater than 0");
  for (const key of args.slice(1, 1 + keyCount)) {
    const items = listAt(db, key);
    if (!items) continue;
    const taken = takeMany(items, side, count);
    dropIfEmpty(db, key);
    return [key, taken];
  }
  return null;
}

function remove(db: Db, key: Bytes, count: number, item: Bytes): number {
  const items = listAt(db, key);
  if (!items) return 0;
  const found = items.flatMap((value, index) => (value === item ? [index] : []));
  const chosen = count === 0 ? found : count > 0 ? found.slice(0, count) : found.slice(count);
  const drop = new Set(chosen);
  const kept = items.filter((_, index) => !drop.has(index));
  replaceItems(items, kept);
  dropIfEmpty(db, key);
  return chosen.length;
}

function move(db: Db, from: Bytes, to: Bytes, take: End, give: End): Reply {
  const source = listAt(db, from);
  listAt(db, to);
  const item = takeFrom(source, take);
  if (item === undefined) return null;
  addTo(listToWrite(db, to), give, item);
  dropIfEmpty(db, from);
  return item;
}

function end(text: Bytes): End {
  const word = text.toUpperCase();
  if (word !== "LEFT" && word !== "RIGHT") throw syntaxError();
  return word;
}

import type { Bytes } from "../engine/bytes";
import { arg, type Command, type CommandTable, reads, writes } from "../engine/command";
import type { Db } from "../engine/db";
import { syntaxError } from "../engine/errors";
import { integer } from "../engine/numbers";
import { RedisError, type Reply } from "../engine/reply";
import { dropIfEmpty, setAt, setToWrite } from "../engine/typed";
import { randomPicks } from "./random";

type Members = ReadonlySet<Bytes>;
type Combine = (sets: readonly Members[]) => Set<Bytes>;

export const setsCommands: CommandTable = {
  sadd: writes(-3, (db, args) => {
    const members = setToWrite(db, arg(args, 0));
    const before = members.size;
    for (const member of args.slice(1)) members.add(member);
    return members.size - before;
  }),
  srem: writes(-3, (db, args) => {
    const members = setAt(db, arg(args, 0));
    const removed = args.slice(1).filter((member) => members?.delete(member)).length;
    dropIfEmpty(db, arg(args, 0));
    return removed;
  }),
  smembers: reads(2, (db, args) => [...(setAt(db, arg(args, 0)) ?? [])]),
  scard: reads(2, (db, args) => setAt(db, arg(args, 0))?.size ?? 0),
  sismember: reads(3, (db, args) => (setAt(db, arg(args, 0))?.has(arg(args, 1)) ? 1 : 0)),
  smismember: reads(-3, (db, args) => {
    const members = setAt(db, arg(args, 0));
    return args.slice(1).map((member) => (members?.has(member) ? 1 : 0));
  }),
  smove: writes(4, (db, args) => {
    const [from, to, member] = [arg(args, 0), arg(args, 1), arg(args, 2)];
    const source = setAt(db, from);
    setAt(db, to);
    if (!source?.has(member)) return 0;
    source.delete(member);
    dropIfEmpty(db, from);
    setToWrite(db, to).add(member);
    return 1;
  }),
  spop: writes(-2, (db, args) => pop(db, args)),
  srandmember: reads(-2, (db, args) => {
    const members = [...(setAt(db, arg(args, 0)) ?? [])];
    if (args.length > 2) throw syntaxError();
    return args.length === 1 ? (randomPicks(members, 1)[0] ?? null) : randomPicks(members, integer(arg(args, 1)));
  }),
  sunion: reads(-2, (db, keys) => [...union(load(db, keys))]),
  sinter: reads(-2, (db, keys) => [...intersection(load(db, keys))]),
  sdiff: reads(-2, (db, keys) => [...difference(load(db, keys))]),
  sintercard: reads(-3, (db, args) => intersectionSize(db, args)),
  sunionstore: store(union),
  sinterstore: store(intersection),
  sdiffstore: store(difference),
};

function load(db: Db, keys: readonly Bytes[]): Members[] {
  return keys.map((key) => setAt(db, key) ?? new Set());
}

function union(sets: readonly Members[]): Set<Bytes> {
  return new Set(sets.flatMap((members) => [...members]));
}

function intersection([first = new Set(), ...others]: readonly Members[]): Set<Bytes> {
  return new Set([...first].filter((member) => others.every((members) => members.has(member))));
}

function difference([first = new Set(), ...others]: readonly Members[]): Set<Bytes> {
  return new Set([...first].filter((member) => !others.some((members) => members.has(member))));
}

function store(combine: Combine): Command {
  return writes(-3, (db, args) => {
    const members = combine(load(db, args.slice(1)));
    db.remove(arg(args, 0));
    if (members.size > 0) db.put(arg(args, 0), { type: "set", members });
    return members.size;
  });
}

function pop(db: Db, args: readonly Bytes[]): Reply {
  if (args.length > 2) throw syntaxError();
  const count = args.length === 1 ? 1 : integer(arg(args, 1));
  if (count < 0) throw new RedisError("ERR value is out of range, must be positive");
  const members = setAt(db, arg(args, 0));
  const picks = randomPicks([...(members ?? [])], count);
  for (const member of picks) members?.delete(member);
  dropIfEmpty(db, arg(args, 0));
  return args.length === 1 ? (picks[0] ?? null) : picks;
}

function intersectionSize(db: Db, args: readonly Bytes[]): number {
  const keyCount = integer(arg(args, 0));
  if (keyCount <= 0) throw new RedisError("ERR numkeys should be greater than 0");
  const options = args.slice(1 + keyCount);
  if (args.length < 1 + keyCount) throw new RedisError("ERR Number of keys can't be greater than number of args");
  if (options.length > 0 && (options.length !== 2 || options[0]?.toUpperCase() !== "LIMIT")) throw syntaxError();
  const limit = options.length > 0 ? integer(arg(options, 1)) : 0;
  if (limit < 0) throw new RedisError("ERR LIMIT can't be negative");
  const size = intersection(load(db, args.slice(1, 1 + keyCount))).size;
  return limit === 0 ? size : Math.min(size, limit);
}

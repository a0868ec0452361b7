import type { Bytes } from "../engine/bytes";
import { arg, type Command, type CommandTable, reads, writes } from "../engine/command";
import type { Db } from "../engine/db";
import { syntaxError, wrongType } from "../engine/errors";
import { double, integer } from "../engine/numbers";
import { RedisError } from "../engine/reply";
import { type Scored, SortedSet } from "../engine/sorted-set";
import { showScored, storeScored } from "./sorted-sets";

type Scores = ReadonlyMap<Bytes, number>;
type Operation = "union" | "inter" | "diff";

interface Query {
  keys: readonly Bytes[];
  weights: number[];
  add: (left: number, right: number) => number;
  withScores: boolean;
}

const AGGREGATES: Readonly<Record<string, Query["add"]>> = {
  SUM: (left, right) => left + right || 0,
  MIN: Math.min,
  MAX: Math.max,
};

export const sortedSetAlgebraCommands: CommandTable = {
  zunion: show("union"),
  zinter: show("inter"),
  zdiff: show("diff"),
  zunionstore: store("union"),
  zinterstore: store("inter"),
  zdiffstore: store("diff"),
};

function show(operation: Operation): Command {
  return reads(-3, (db, args) => {
    const query = parse(args, operation, true);
    return showScored(combine(db, query, operation), query.withScores);
  });
}

function store(operation: Operation): Command {
  return writes(-4, (db, args) => storeScored(db, arg(args, 0), combine(db, parse(args.slice(1), operation, false), operation)));
}

function combine(db: Db, query: Query, operation: Operation): readonly Scored[] {
  const [first = new Map(), ...others] = query.keys.map((key, index) => weighed(db, key, query.weights[index] ?? 1));
  const result = new Map(first);
  for (const scores of others) {
    if (operation === "diff") for (const member of scores.keys()) result.delete(member);
    if (operation === "inter") for (const member of result.keys()) if (!scores.has(member)) result.delete(member);
    if (operation === "diff") continue;
    for (const [member, score] of scores) {
      const before = result.get(member);
      if (before !== undefined) result.set(member, query.add(before, score));
      else if (operation === "union") result.set(member, score);
    }
  }
  const sorted = new SortedSet();
  for (const [member, score] of result) sorted.put(member, score);
  return sorted.items;
}

/** A source of the operation: a sorted set, or a plain set whose members count 1 each. */
function weighed(db: Db, key: Bytes, weight: number): Scores {
  const content = db.find(key)?.content;
  if (content === undefined) return new Map();
  if (content.type === "set") return new Map([...content.members].map((member) => [member, weight]));
  if (content.type !== "zset") throw wrongType();
  return new Map(content.members.items.map(({ member, score }) => [member, score * weight || 0]));
}

function parse(args: readonly Bytes[], operation: Operation, canShowScores: boolean): Query {
  const keyCount = integer(arg(args, 0));
  if (keyCount < 1) throw new RedisError("ERR at least 1 input key is needed for this command");
  const keys = args.slice(1, 1 + keyCount);
  if (keys.length < keyCount) throw syntaxError();
  const query: Query = { keys, weights: [], add: (left, right) => left + right || 0, withScores: false };
  for (let index = 1 + keyCount; index < args.length; index += 1) {
    const word = arg(args, index).toUpperCase();
    if (word === "WITHSCORES" && canShowScores) {
      query.withScores = true;
    } else if (word === "WEIGHTS" && operation !== "diff") {
      query.weights = keys.map((_, place) => double(arg(args, index + 1 + place)));
      index += keyCount;
    } else if (word === "AGGREGATE" && operation !== "diff") {
      index += 1;
      const add = AGGREGATES[arg(args, index).toUpperCase()];
      if (!add) throw syntaxError();
      query.add = add;
    } else {
      throw syntaxError();
    }
  }
  return query;
}

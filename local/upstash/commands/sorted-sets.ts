import type { Bytes } from "../engine/bytes";
import { arg, type Command, type CommandTable, reads, writes } from "../engine/command";
import type { Db } from "../engine/db";
import { syntaxError } from "../engine/errors";
import { formatDouble, integer } from "../engine/numbers";
import { RedisError, type Reply } from "../engine/reply";
import { type Scored, SortedSet } from "../engine/sorted-set";
import { dropIfEmpty, sortedSetAt } from "../engine/typed";
import { randomPicks } from "./random";
import { addScores } from "./sorted-set-add";
import { lexSpan, parseRange, type RangeQuery, rankSpan, type Span, scoreSpan, selectRange } from "./sorted-set-ranges";

export const sortedSetCommands: CommandTable = {
  zadd: writes(-4, addScores),
  zincrby: writes(4, (db, args) => addScores(db, [arg(args, 0), "INCR", arg(args, 1), arg(args, 2)])),
  zscore: reads(3, (db, args) => scoreReply(sortedSetAt(db, arg(args, 0)), arg(args, 1))),
  zmscore: reads(-3, (db, args) => {
    const members = sortedSetAt(db, arg(args, 0));
    return args.slice(1).map((member) => scoreReply(members, member));
  }),
  zcard: reads(2, (db, args) => sortedSetAt(db, arg(args, 0))?.size ?? 0),
  zrank: rank(false),
  zrevrank: rank(true),
  zrem: writes(-3, (db, args) => {
    const members = sortedSetAt(db, arg(args, 0));
    const removed = args.slice(1).filter((member) => members?.remove(member)).length;
    dropIfEmpty(db, arg(args, 0));
    return removed;
  }),
  zcount: count(scoreSpan),
  zlexcount: count(lexSpan),
  zrange: reads(-4, (db, args) => range(db, args, parseRange(args.slice(3)))),
  zrevrange: reads(-4, (db, args) => range(db, args, parseRange(args.slice(3), { reversed: true }, true))),
  zrangebyscore: reads(-4, (db, args) => range(db, args, parseRange(args.slice(3), { kind: "score" }, true))),
  zrevrangebyscore: reads(-4, (db, args) => range(db, args, parseRange(args.slice(3), { kind: "score", reversed: true }, true))),
  zrangebylex: reads(-4, (db, args) => range(db, args, parseRange(args.slice(3), { kind: "lex" }, true))),
  zrevrangebylex: reads(-4, (db, args) => range(db, args, parseRange(args.slice(3), { kind: "lex", reversed: true }, true))),
  zrangestore: writes(-5, (db, args) => {
    const found = select(db, args.slice(1), parseRange(args.slice(4)));
    return storeScored(db, arg(args, 0), found);
  }),
  zremrangebyrank: removeRange(rankSpan),
  zremrangebyscore: removeRange(scoreSpan),
  zremrangebylex: removeRange(lexSpan),
  zpopmin: writes(-2, (db, args) => pop(db, args, false)),
  zpopmax: writes(-2, (db, args) => pop(db, args, true)),
  zrandmember: reads(-2, (db, args) => randomMembers(db, args)),
};

/** Members and scores in turn, or members alone. */
export function showScored(found: readonly Scored[], withScores: boolean): Reply {
  return withScores ? found.flatMap(({ member, score }) => [member, formatDouble(score)]) : found.map(({ member }) => member);
}

/** Puts members under a key in place of what was there; an empty result removes the key. Returns how many. */
export function storeScored(db: Db, key: Bytes, found: readonly Scored[]): number {
  const members = new SortedSet();
  for (const { member, score } of found) members.put(member, score);
  db.remove(key);
  if (members.size > 0) db.put(key, { type: "zset", members });
  return members.size;
}

function scoreReply(members: SortedSet | undefined, member: Bytes): Reply {
  const score = members?.scoreOf(member);
  return score === undefined ? null : formatDouble(score);
}

function rank(reversed: boolean): Command {
  return reads(-3, (db, args) => {
    const withScore = args[2]?.toUpperCase() === "WITHSCORE";
    if (args.length > (withScore ? 3 : 2)) throw syntaxError();
    const members = sortedSetAt(db, arg(args, 0));
    const index = members?.rankOf(arg(args, 1));
    if (members === undefined || index === undefined) return null;
    const place = reversed ? members.size - 1 - index : index;
    return withScore ? [place, scoreReply(members, arg(args, 1))] : place;
  });
}

type FindSpan = (items: readonly Scored[], first: Bytes, last: Bytes) => Span;

function count(find: FindSpan): Command {
  return reads(4, (db, args) => {
    const [from, to] = find(sortedSetAt(db, arg(args, 0))?.items ?? [], arg(args, 1), arg(args, 2));
    return to - from;
  });
}

function removeRange(find: FindSpan): Command {
  return writes(4, (db, args) => {
    const members = sortedSetAt(db, arg(args, 0));
    const items = members?.items ?? [];
    const doomed = items.slice(...find(items, arg(args, 1), arg(args, 2)));
    for (const { member } of doomed) members?.remove(member);
    dropIfEmpty(db, arg(args, 0));
    return doomed.length;
  });
}

function select(db: Db, args: readonly Bytes[], query: RangeQuery): Scored[] {
  return selectRange(sortedSetAt(db, arg(args, 0))?.items ?? [], arg(args, 1), arg(args, 2), query);
}

function range(db: Db, args: readonly Bytes[], query: RangeQuery): Reply {
  return showScored(select(db, args, query), query.withScores);
}

function pop(db: Db, args: readonly Bytes[], highest: boolean): Reply {
  if (args.length > 2) throw syntaxError();
  const wanted = args.length === 2 ? integer(arg(args, 1)) : 1;
  if (wanted < 0) throw new RedisError("ERR value is out of range, must be positive");
  const members = sortedSetAt(db, arg(args, 0));
  const items = members?.items ?? [];
  const taken = highest ? items.slice(Math.max(items.length - wanted, 0)).reverse() : items.slice(0, wanted);
  for (const { member } of taken) members?.remove(member);
  dropIfEmpty(db, arg(args, 0));
  return showScored(taken, true);
}

function randomMembers(db: Db, args: readonly Bytes[]): Reply {
  const items = sortedSetAt(db, arg(args, 0))?.items ?? [];
  if (args.length === 1) return randomPicks(items, 1)[0]?.member ?? null;
  const withScores = args[2]?.toUpperCase() === "WITHSCORES";
  if (args.length > (withScores ? 3 : 2)) throw syntaxError();
  return showScored(randomPicks(items, integer(arg(args, 1))), withScores);
}

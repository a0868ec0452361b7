import type { Bytes } from "../engine/bytes";
import { arg, pairs } from "../engine/command";
import type { Db } from "../engine/db";
import { syntaxError } from "../engine/errors";
import { double, formatDouble } from "../engine/numbers";
import { RedisError, type Reply } from "../engine/reply";
import type { SortedSet } from "../engine/sorted-set";
import { dropIfEmpty, sortedSetAt, sortedSetToWrite } from "../engine/typed";

const FLAGS = ["NX", "XX", "GT", "LT", "CH", "INCR"];

/** ZADD and ZINCRBY: `args` are the key, flags, then scores and members in twos. */
export function addScores(db: Db, args: readonly Bytes[]): Reply {
  const { flags, rest } = splitFlags(args.slice(1));
  if (rest.length === 0 || rest.length % 2 !== 0) throw syntaxError();
  const scored = pairs(rest, 0).map(([score, member]): [number, Bytes] => [double(score), member]);
  const increments = flags.has("INCR");
  if (increments && scored.length > 1) throw new RedisError("ERR INCR option supports a single increment-element pair");
  const key = arg(args, 0);
  sortedSetAt(db, key);
  const members = sortedSetToWrite(db, key);
  let added = 0;
  let changed = 0;
  let last: number | undefined;
  try {
    for (const [score, member] of scored) {
      const before = members.scoreOf(member);
      last = apply(members, member, score, flags);
      if (last === undefined) continue;
      if (before === undefined) added += 1;
      else if (before !== last) changed += 1;
    }
  } finally {
    dropIfEmpty(db, key);
  }
  if (increments) return last === undefined ? null : formatDouble(last);
  return flags.has("CH") ? added + changed : added;
}

/** The member's new score, or `undefined` if a flag forbade the change. */
function apply(members: SortedSet, member: Bytes, score: number, flags: ReadonlySet<string>): number | undefined {
  const before = members.scoreOf(member);
  if (before === undefined ? flags.has("XX") : flags.has("NX")) return undefined;
  const after = flags.has("INCR") ? (before ?? 0) + score : score;
  if (Number.isNaN(after)) throw new RedisError("ERR resulting score is not a number (NaN)");
  if (before !== undefined && flags.has("GT") && after <= before) return undefined;
  if (before !== undefined && flags.has("LT") && after >= before) return undefined;
  members.put(member, after);
  return after;
}

function splitFlags(words: readonly Bytes[]): { flags: Set<string>; rest: readonly Bytes[] } {
  const flags = new Set<string>();
  let index = 0;
  while (FLAGS.includes(words[index]?.toUpperCase() ?? "")) {
    flags.add(arg(words, index).toUpperCase());
    index += 1;
  }
  if (flags.has("NX") && flags.has("XX")) {
    throw new RedisError("ERR XX and NX options at the same time are not compatible");
  }
  if ([flags.has("NX"), flags.has("GT"), flags.has("LT")].filter(Boolean).length > 1) {
    throw new RedisError("ERR GT, LT, and/or NX options at the same time are not compatible");
  }
  return { flags, rest: words.slice(index) };
}

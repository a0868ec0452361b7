import { BUCKETS, bucketOf } from "../engine/buckets";
import type { Bytes } from "../engine/bytes";
import { arg, type CommandTable, reads } from "../engine/command";
import type { Db } from "../engine/db";
import { syntaxError } from "../engine/errors";
import { matchesGlob } from "../engine/glob";
import { formatDouble, integer } from "../engine/numbers";
import { RedisError, type Reply } from "../engine/reply";
import { hashAt, setAt, sortedSetAt } from "../engine/typed";

const DEFAULT_COUNT = 10;
/** A collection up to this size comes in one page whatever COUNT says, as with Redis' compact encodings. */
const SMALL_COLLECTION = 512;

interface ScanOptions {
  cursor: number;
  count: number;
  pattern: Bytes | undefined;
  type: Bytes | undefined;
  withTypes: boolean;
}

export const scanCommands: CommandTable = {
  keys: reads(2, (db, args) => [...db.keys()].filter((key) => matchesGlob(arg(args, 0), key) && db.find(key))),
  scan: reads(-2, (db, args) => scanKeys(db, parseScan(args, 0, true))),
  hscan: reads(-3, (db, args) => {
    const fields = hashAt(db, arg(args, 0));
    return scanMembers(fields?.keys(), fields?.size, parseScan(args, 1), (field) => [field, fields?.get(field) ?? ""]);
  }),
  sscan: reads(-3, (db, args) => {
    const members = setAt(db, arg(args, 0));
    return scanMembers(members?.keys(), members?.size, parseScan(args, 1), (member) => [member]);
  }),
  zscan: reads(-3, (db, args) => {
    const members = sortedSetAt(db, arg(args, 0));
    const names = members?.items.map((item) => item.member);
    return scanMembers(names, members?.size, parseScan(args, 1), (name) => [name, formatDouble(members?.scoreOf(name) ?? 0)]);
  }),
};

function scanKeys(db: Db, options: ScanOptions): Reply {
  const page: Bytes[] = [];
  let bucket = options.cursor;
  let seen = 0;
  for (; bucket < BUCKETS && seen < options.count; bucket += 1) {
    for (const key of db.buckets.in(bucket)) {
      seen += 1;
      const type = db.find(key)?.content.type;
      if (type === undefined || (options.type !== undefined && type !== options.type)) continue;
      if (options.pattern !== undefined && !matchesGlob(options.pattern, key)) continue;
      page.push(key);
      if (options.withTypes) page.push(type);
    }
  }
  return [nextCursor(bucket), page];
}

function scanMembers(
  members: Iterable<Bytes> | undefined,
  size = 0,
  options: ScanOptions,
  show: (member: Bytes) => Bytes[],
): Reply {
  if (members === undefined) return ["0", []];
  const matching = (member: Bytes) => options.pattern === undefined || matchesGlob(options.pattern, member);
  if (size <= SMALL_COLLECTION) return ["0", [...members].filter(matching).flatMap(show)];
  const byBucket: Bytes[][] = Array.from({ length: BUCKETS }, () => []);
  for (const member of members) byBucket[bucketOf(member)]?.push(member);
  const page: Bytes[] = [];
  let bucket = options.cursor;
  let seen = 0;
  for (; bucket < BUCKETS && seen < options.count; bucket += 1) {
    const found = byBucket[bucket] ?? [];
    seen += found.length;
    page.push(...found.filter(matching).flatMap(show));
  }
  return [nextCursor(bucket), page];
}

function nextCursor(bucket: number): Bytes {
  return bucket >= BUCKETS ? "0" : String(bucket);
}

function parseScan(args: readonly Bytes[], start: number, ofKeys = false): ScanOptions {
  const cursorText = arg(args, start);
  if (!/^\d{1,20}$/.test(cursorText)) throw new RedisError("ERR invalid cursor");
  const options: ScanOptions = {
    cursor: Number(cursorText),
    count: DEFAULT_COUNT,
    pattern: undefined,
    type: undefined,
    withTypes: false,
  };
  for (let index = start + 1; index < args.length; index += 1) {
    const name = arg(args, index).toUpperCase();
    if (name === "WITHTYPE" && ofKeys) {
      options.withTypes = true;
      continue;
    }
    index += 1;
    const value = arg(args, index);
    if (name === "MATCH") options.pattern = value;
    else if (name === "COUNT") options.count = integer(value);
    else if (name === "TYPE" && ofKeys) options.type = value.toLowerCase();
    else throw syntaxError();
  }
  if (options.count < 1) throw syntaxError();
  return options;
}

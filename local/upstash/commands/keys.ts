import { arg, type CommandTable, reads, writes } from "../engine/command";
import type { Content, Db } from "../engine/db";
import { noSuchKey, syntaxError } from "../engine/errors";
import { RedisError, Status } from "../engine/reply";
import { SortedSet } from "../engine/sorted-set";

const MAX_RANDOM_TRIES = 100;

export const keyCommands: CommandTable = {
  del: writes(-2, (db, keys) => keys.filter((key) => db.remove(key)).length),
  unlink: writes(-2, (db, keys) => keys.filter((key) => db.remove(key)).length),
  exists: reads(-2, (db, keys) => keys.filter((key) => db.find(key)).length),
  touch: reads(-2, (db, keys) => keys.filter((key) => db.find(key)).length),
  type: reads(2, (db, args) => new Status(db.find(arg(args, 0))?.content.type ?? "none")),
  rename: writes(3, (db, args) => {
    move(db, arg(args, 0), arg(args, 1));
    return new Status("OK");
  }),
  renamenx: writes(3, (db, args) => {
    if (!db.find(arg(args, 0))) throw noSuchKey();
    if (db.find(arg(args, 1))) return 0;
    move(db, arg(args, 0), arg(args, 1));
    return 1;
  }),
  copy: writes(-3, (db, args) => {
    const [from, to] = [arg(args, 0), arg(args, 1)];
    const replace = args[2]?.toUpperCase() === "REPLACE";
    if (args.length > (replace ? 3 : 2)) throw syntaxError();
    if (from === to) throw new RedisError("ERR source and destination objects are the same");
    const entry = db.find(from);
    if (!entry || (db.find(to) && !replace)) return 0;
    db.put(to, cloned(entry.content), entry.expiresAtMs);
    return 1;
  }),
  randomkey: reads(1, (db) => randomKey(db)),
};

function move(db: Db, from: string, to: string): void {
  const entry = db.find(from);
  if (!entry) throw noSuchKey();
  db.remove(from);
  db.remove(to);
  db.put(to, entry.content, entry.expiresAtMs);
}

function cloned(content: Content): Content {
  switch (content.type) {
    case "string":
      return { ...content };
    case "hash":
      return { type: "hash", fields: new Map(content.fields) };
    case "list":
      return { type: "list", items: [...content.items] };
    case "set":
      return { type: "set", members: new Set(content.members) };
    case "zset": {
      const members = new SortedSet();
      for (const item of content.members.items) members.put(item.member, item.score);
      return { type: "zset", members };
    }
  }
}

function randomKey(db: Db): string | null {
  const keys = [...db.keys()];
  for (let attempt = 0; attempt < MAX_RANDOM_TRIES; attempt += 1) {
    const key = keys[Math.floor(Math.random() * keys.length)];
    if (key !== undefined && db.find(key)) return key;
  }
  return keys.find((key) => db.find(key)) ?? null;
}

import type { Bytes } from "../engine/bytes";
import { arg, type Command, type CommandTable, pairs, reads, writes } from "../engine/command";
import type { Db } from "../engine/db";
import { stringTooLong, wrongArity } from "../engine/errors";
import { integer } from "../engine/numbers";
import { OK, RedisError } from "../engine/reply";
import { putString, stringAt } from "../engine/typed";

/** The longest value; beyond it Redis' own text for too long a value is given. */
const MAX_STRING_BYTES = 16 * 1024 * 1024;

export const stringCommands: CommandTable = {
  get: reads(2, (db, args) => stringAt(db, arg(args, 0)) ?? null),
  getset: writes(3, (db, args) => {
    const before = stringAt(db, arg(args, 0));
    db.put(arg(args, 0), { type: "string", text: arg(args, 1) });
    return before ?? null;
  }),
  getdel: writes(2, (db, args) => {
    const text = stringAt(db, arg(args, 0));
    db.remove(arg(args, 0));
    return text ?? null;
  }),
  mget: reads(-2, (db, keys) => keys.map((key) => textOf(db, key))),
  mset: writes(-3, (db, args) => {
    for (const [key, text] of keyValues(args, "mset")) db.put(key, { type: "string", text });
    return OK;
  }),
  msetnx: writes(-3, (db, args) => {
    const all = keyValues(args, "msetnx");
    if (all.some(([key]) => db.find(key))) return 0;
    for (const [key, text] of all) db.put(key, { type: "string", text });
    return 1;
  }),
  append: writes(3, (db, args) => {
    const text = (stringAt(db, arg(args, 0)) ?? "") + arg(args, 1);
    if (text.length > MAX_STRING_BYTES) throw stringTooLong();
    putString(db, arg(args, 0), text);
    return text.length;
  }),
  strlen: reads(2, (db, args) => stringAt(db, arg(args, 0))?.length ?? 0),
  getrange: getRange(),
  substr: getRange(),
  setrange: writes(4, (db, args) => setRange(db, arg(args, 0), integer(arg(args, 1)), arg(args, 2))),
};

function textOf(db: Db, key: Bytes): Bytes | null {
  const content = db.find(key)?.content;
  return content?.type === "string" ? content.text : null;
}

function keyValues(args: readonly Bytes[], command: string): [Bytes, Bytes][] {
  if (args.length % 2 !== 0) throw wrongArity(command);
  return pairs(args, 0);
}

function getRange(): Command {
  return reads(4, (db, args) => {
    const [start, end] = [integer(arg(args, 1)), integer(arg(args, 2))];
    const text = stringAt(db, arg(args, 0)) ?? "";
    if (start < 0 && end < 0 && start > end) return "";
    const from = start < 0 ? Math.max(text.length + start, 0) : start;
    const to = end < 0 ? Math.max(text.length + end, 0) : end;
    return text.slice(from, to + 1);
  });
}

function setRange(db: Db, key: Bytes, offset: number, patch: Bytes): number {
  if (offset < 0) throw new RedisError("ERR offset is out of range");
  const before = stringAt(db, key) ?? "";
  if (patch === "") return before.length;
  if (offset + patch.length > MAX_STRING_BYTES) throw stringTooLong();
  const text = before.slice(0, offset).padEnd(offset, "\0") + patch + before.slice(offset + patch.length);
  putString(db, key, text);
  return text.length;
}

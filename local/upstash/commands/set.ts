import type { Bytes } from "../engine/bytes";
import { arg, type CommandTable, writes } from "../engine/command";
import type { Db } from "../engine/db";
import { syntaxError } from "../engine/errors";
import { OK, type Reply } from "../engine/reply";
import { stringAt } from "../engine/typed";
import { expiryTime } from "./expiry";

const UNITS: Readonly<Record<string, { unitMs: number; fromNow: boolean }>> = {
  EX: { unitMs: 1000, fromNow: true },
  PX: { unitMs: 1, fromNow: true },
  EXAT: { unitMs: 1000, fromNow: false },
  PXAT: { unitMs: 1, fromNow: false },
};

interface SetOptions {
  /** `keep` leaves the expiry as it was; `undefined` removes it. */
  expiresAtMs: number | "keep" | undefined;
  flags: Set<string>;
}

export const setCommands: CommandTable = {
  set: writes(-3, (db, args) => set(db, arg(args, 0), arg(args, 1), parse(db, args.slice(2), "set", SET_FLAGS))),
  setnx: writes(3, (db, args) => {
    if (db.find(arg(args, 0))) return 0;
    db.put(arg(args, 0), { type: "string", text: arg(args, 1) });
    return 1;
  }),
  setex: writes(4, (db, args) => setFor(db, args, 1000, "setex")),
  psetex: writes(4, (db, args) => setFor(db, args, 1, "psetex")),
  getex: writes(-2, (db, args) => {
    const options = parse(db, args.slice(1), "getex", GETEX_FLAGS);
    const text = stringAt(db, arg(args, 0));
    const entry = db.find(arg(args, 0));
    if (text === undefined || entry === undefined) return null;
    if (options.flags.has("PERSIST")) entry.expiresAtMs = undefined;
    else if (typeof options.expiresAtMs === "number") entry.expiresAtMs = options.expiresAtMs;
    return text;
  }),
};

const SET_FLAGS = ["NX", "XX", "GET", "KEEPTTL"];
const GETEX_FLAGS = ["PERSIST"];

function set(db: Db, key: Bytes, text: Bytes, options: SetOptions): Reply {
  const before = options.flags.has("GET") ? (stringAt(db, key) ?? null) : undefined;
  const entry = db.find(key);
  if ((options.flags.has("NX") && entry) || (options.flags.has("XX") && !entry)) return before ?? null;
  const expiresAtMs = options.expiresAtMs === "keep" ? entry?.expiresAtMs : options.expiresAtMs;
  db.put(key, { type: "string", text }, expiresAtMs);
  return before === undefined ? OK : before;
}

function setFor(db: Db, args: readonly Bytes[], unitMs: number, name: string): Reply {
  const expiresAtMs = expiryTime(arg(args, 1), unitMs, db.now(), name);
  db.put(arg(args, 0), { type: "string", text: arg(args, 2) }, expiresAtMs);
  return OK;
}

function parse(db: Db, words: readonly Bytes[], command: string, allowed: readonly string[]): SetOptions {
  const options: SetOptions = { expiresAtMs: undefined, flags: new Set() };
  let expiries = 0;
  for (let index = 0; index < words.length; index += 1) {
    const word = arg(words, index).toUpperCase();
    const unit = UNITS[word];
    if (unit) {
      index += 1;
      expiries += 1;
      options.expiresAtMs = expiryTime(arg(words, index), unit.unitMs, unit.fromNow ? db.now() : 0, command);
    } else if (allowed.includes(word)) {
      options.flags.add(word);
    } else {
      throw syntaxError();
    }
  }
  if (options.flags.has("KEEPTTL") || options.flags.has("PERSIST")) expiries += 1;
  if (expiries > 1 || (options.flags.has("NX") && options.flags.has("XX"))) throw syntaxError();
  if (options.flags.has("KEEPTTL")) options.expiresAtMs = "keep";
  return options;
}

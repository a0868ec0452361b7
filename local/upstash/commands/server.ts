import { arg, type CommandTable, reads, writes } from "../engine/command";
import type { Db } from "../engine/db";
import { syntaxError, wrongArity } from "../engine/errors";
import { OK, type Reply, Status } from "../engine/reply";

const MICROSECONDS = 1000;

export const serverCommands: CommandTable = {
  ping: reads(-1, (_db, args) => {
    if (args.length > 1) throw wrongArity("ping");
    return args[0] ?? new Status("PONG");
  }),
  echo: reads(2, (_db, args) => arg(args, 0)),
  dbsize: reads(1, (db) => db.size()),
  time: reads(1, (db) => {
    const nowMs = db.now();
    const seconds = Math.floor(nowMs / 1000);
    return [String(seconds), String(Math.floor((nowMs - seconds * 1000) * MICROSECONDS))];
  }),
  flushdb: writes(-1, flush),
  flushall: writes(-1, flush),
};

function flush(db: Db, args: readonly string[]): Reply {
  const mode = args[0]?.toUpperCase();
  if (args.length > 1 || (mode !== undefined && mode !== "ASYNC" && mode !== "SYNC")) throw syntaxError();
  db.clear();
  return OK;
}

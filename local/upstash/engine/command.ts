import type { Bytes } from "./bytes";
import type { Db } from "./db";
import { syntaxError } from "./errors";
import type { Reply } from "./reply";

/** What a command does; `args` leave out the command's name. Errors are thrown as RedisError. */
export type Run = (db: Db, args: readonly Bytes[]) => Reply;

export interface Command {
  /** As Redis counts it, with the name: 2 is exactly two, -2 is two or more. */
  arity: number;
  writes: boolean;
  /** Refused inside a script. */
  noScript?: boolean;
  run: Run;
}

export type CommandTable = Readonly<Record<string, Command>>;

export const reads = (arity: number, run: Run): Command => ({ arity, writes: false, run });
export const writes = (arity: number, run: Run): Command => ({ arity, writes: true, run });

/** The argument at a place the grammar demands; a missing one is a syntax error. */
export function arg(args: readonly Bytes[], index: number): Bytes {
  const value = args[index];
  if (value === undefined) throw syntaxError();
  return value;
}

/** The arguments from `start` in twos; a lone last one is a syntax error unless the caller checked for it. */
export function pairs(args: readonly Bytes[], start: number): [Bytes, Bytes][] {
  const found: [Bytes, Bytes][] = [];
  for (let index = start; index < args.length; index += 2) found.push([arg(args, index), arg(args, index + 1)]);
  return found;
}

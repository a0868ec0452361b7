import type { Bytes } from "../engine/bytes";
import { arg, type Command, type CommandTable } from "../engine/command";
import { syntaxError } from "../engine/errors";
import { integer } from "../engine/numbers";
import { OK, RedisError, type Reply } from "../engine/reply";

/** What the script commands need of the engine around them. */
export interface ScriptRunner {
  load(source: Bytes): Bytes;
  has(sha: Bytes): boolean;
  flush(): void;
  /** Runs a loaded script by its SHA-1; throws NOSCRIPT if there is none. */
  run(sha: Bytes, keys: readonly Bytes[], args: readonly Bytes[], readOnly: boolean): Reply;
}

export function scriptCommands(runner: ScriptRunner): CommandTable {
  return {
    eval: evaluate((text) => runner.load(text), runner, false),
    eval_ro: evaluate((text) => runner.load(text), runner, true),
    evalsha: evaluate((sha) => sha.toLowerCase(), runner, false),
    evalsha_ro: evaluate((sha) => sha.toLowerCase(), runner, true),
    script: { arity: -2, writes: false, noScript: true, run: (_db, args) => script(runner, args) },
  };
}

function evaluate(toSha: (text: Bytes) => Bytes, runner: ScriptRunner, readOnly: boolean): Command {
  return {
    arity: -3,
    writes: !readOnly,
    noScript: true,
    run: (_db, args) => {
      const keyCount = integer(arg(args, 1));
      if (keyCount < 0) throw new RedisError("ERR Number of keys can't be negative");
      if (keyCount > args.length - 2) throw new RedisError("ERR Number of keys can't be greater than number of args");
      return runner.run(toSha(arg(args, 0)), args.slice(2, 2 + keyCount), args.slice(2 + keyCount), readOnly);
    },
  };
}

function script(runner: ScriptRunner, args: readonly Bytes[]): Reply {
  const verb = arg(args, 0).toUpperCase();
  const rest = args.slice(1);
  if (verb === "LOAD" && rest.length === 1) return runner.load(arg(rest, 0));
  if (verb === "EXISTS" && rest.length > 0) return rest.map((sha) => (runner.has(sha) ? 1 : 0));
  if (verb === "FLUSH" && rest.length <= 1) {
    const mode = rest[0]?.toUpperCase();
    if (mode !== undefined && mode !== "ASYNC" && mode !== "SYNC") throw syntaxError();
    runner.flush();
    return OK;
  }
  throw new RedisError(`ERR unknown subcommand or wrong number of arguments for '${arg(args, 0)}'. Try SCRIPT HELP.`);
}

import { counterCommands } from "../commands/counters";
import { expiryCommands } from "../commands/expiry";
import { hashCommands } from "../commands/hashes";
import { keyCommands } from "../commands/keys";
import { listCommands } from "../commands/lists";
import { scanCommands } from "../commands/scan";
import { type ScriptRunner, scriptCommands } from "../commands/scripting";
import { serverCommands } from "../commands/server";
import { setCommands } from "../commands/set";
import { setsCommands } from "../commands/sets";
import { sortedSetAlgebraCommands } from "../commands/sorted-set-algebra";
import { sortedSetCommands } from "../commands/sorted-sets";
import { stringCommands } from "../commands/strings";
import { ScriptEngine } from "../scripts/engine";
import type { Bytes } from "./bytes";
import type { Command } from "./command";
import { Db } from "./db";
import { wrongArity } from "./errors";
import { RedisError, type Reply } from "./reply";
import { unknownCommand } from "./unserved";

const EXEC_ABORT = "EXECABORT Transaction discarded because of previous errors.";

export interface EngineOptions {
  /** Milliseconds since 1970; the clock of every expiry and of TIME. */
  now?: () => number;
  /** Where a script's `redis.log` goes. */
  log?: (line: string) => void;
}

/** A Redis in memory: one command, transaction or script at a time, so each is atomic. */
export class Engine {
  readonly db: Db;
  private readonly commands: ReadonlyMap<string, Command>;
  private readonly scripts: ScriptEngine;
  private readOnlyScript = false;

  constructor(options: EngineOptions = {}) {
    this.db = new Db(options.now ?? Date.now);
    const log = options.log ?? (() => undefined);
    this.scripts = new ScriptEngine({ call: (command) => this.callFromScript(command), log });
    this.commands = new Map(Object.entries({ ...dataCommands, ...scriptCommands(this.scriptRunner()) }));
  }

  /** Runs one command, the name first; an error is returned, never thrown. */
  execute(command: readonly Bytes[]): Reply {
    try {
      return this.find(command).run(this.db, command.slice(1));
    } catch (error) {
      if (error instanceof RedisError) return error;
      throw error;
    }
  }

  /** Runs commands with nothing between them; one that cannot be queued discards all and is thrown as EXECABORT. */
  transaction(commands: readonly (readonly Bytes[])[]): Reply[] {
    try {
      for (const command of commands) this.find(command);
    } catch (error) {
      if (error instanceof RedisError) throw new RedisError(EXEC_ABORT, { cause: error });
      throw error;
    }
    return this.db.atOneMoment(() => commands.map((command) => this.execute(command)));
  }

  /** Forgets every key and script. */
  flush(): void {
    this.db.clear();
    this.scripts.flush();
  }

  private find(command: readonly Bytes[]): Command {
    const [name = "", ...args] = command;
    const found = this.commands.get(name.toLowerCase());
    if (!found) throw unknownCommand(name, args);
    const fits = found.arity >= 0 ? command.length === found.arity : command.length >= -found.arity;
    if (!fits) throw wrongArity(name.toLowerCase());
    return found;
  }

  private callFromScript(command: readonly Bytes[]): Reply {
    const found = this.findForScript(command);
    if (found.noScript) throw new RedisError("ERR This Redis command is not allowed from script");
    if (found.writes && this.readOnlyScript) {
      throw new RedisError("ERR Write commands are not allowed from read-only scripts.");
    }
    return found.run(this.db, command.slice(1));
  }

  private findForScript(command: readonly Bytes[]): Command {
    const [name = "", ...args] = command;
    const isKnown = this.commands.has(name.toLowerCase());
    if (!isKnown && unknownCommand(name, args).message.startsWith("ERR unknown")) {
      throw new RedisError("ERR Unknown Redis command called from script");
    }
    return this.find(command);
  }

  private scriptRunner(): ScriptRunner {
    const scripts = this.scripts;
    return {
      load: (source) => scripts.load(source),
      has: (sha) => scripts.has(sha),
      flush: () => scripts.flush(),
      run: (sha, keys, args, readOnly) => {
        this.readOnlyScript = readOnly || scripts.isReadOnly(sha);
        return this.db.atOneMoment(() => scripts.run(sha, keys, args));
      },
    };
  }
}

const dataCommands: Readonly<Record<string, Command>> = {
  ...keyCommands,
  ...expiryCommands,
  ...stringCommands,
  ...setCommands,
  ...counterCommands,
  ...hashCommands,
  ...listCommands,
  ...setsCommands,
  ...sortedSetCommands,
  ...sortedSetAlgebraCommands,
  ...scanCommands,
  ...serverCommands,
};

import type { Backend } from "../engine/backend";
import type { Bytes } from "../engine/bytes";
import { RedisError, type Reply } from "../engine/reply";
import { sha1, withoutShebang } from "../scripts/shebang";
import { type Command, RedisConnection } from "./connection";
import { parseRedisUrl } from "./redis-url";
import { refuseUnshared } from "./refuse-unshared";

const MAX_SCRIPT_NAMES = 10_000;

/** A real redis-server behind the same front. `log` hears what could not be told to any caller. */
export function createRedisBackend(redisUrl: string, log: (line: string) => void): Backend {
  const connection = new RedisConnection(parseRedisUrl(redisUrl));
  const names = new ScriptNames();
  return {
    execute: async (command) => {
      const refusal = refuseUnshared(command);
      if (refusal) return refusal;
      try {
        const [reply = null] = await connection.send([names.translate(command)]);
        return loadedName(command, reply);
      } catch (error) {
        return unreachable(error);
      }
    },
    transaction: async (commands) => {
      const refusal = commands.map(refuseUnshared).find((found) => found !== undefined);
      if (refusal) throw refusal;
      const sent: Command[] = [["MULTI"], ...commands.map((command) => names.translate(command)), ["EXEC"]];
      const replies = await connection.send(sent).catch((error) => [unreachable(error)]);
      const result = replies.at(-1) ?? null;
      if (result instanceof RedisError) throw result;
      return Array.isArray(result) ? result.map((reply, index) => loadedName(commands[index] ?? [], reply)) : [];
    },
    flush: () => {
      connection
        .send([["FLUSHALL"], ["SCRIPT", "FLUSH"]])
        .catch((error) => log(`redis-server could not be flushed: ${unreachable(error).message}`));
    },
    close: async () => connection.close(),
  };
}

function unreachable(error: unknown): RedisError {
  const reason = error instanceof Error ? error.message : String(error);
  return new RedisError(`ERR the redis-server of REDIS_URL did not answer: ${reason}`);
}

/**
 * redis-server refuses Upstash's `#!lua flags=allow-key-locking`. The line is taken off, which changes the script's
 * SHA-1, so the names clients know are kept beside those redis-server knows.
 */
class ScriptNames {
  private readonly serverNames = new Map<Bytes, Bytes>();

  /** The command as redis-server should get it. */
  translate(command: Command): Command {
    const [name = "", first, second] = command;
    const verb = name.toUpperCase();
    if ((verb === "EVAL" || verb === "EVAL_RO") && first !== undefined) return [name, this.learn(first), ...command.slice(2)];
    if ((verb === "EVALSHA" || verb === "EVALSHA_RO") && first !== undefined) {
      return [name, this.serverName(first), ...command.slice(2)];
    }
    if (verb !== "SCRIPT" || second === undefined) return command;
    if (first?.toUpperCase() === "LOAD") return [name, first, this.learn(second)];
    if (first?.toUpperCase() === "EXISTS") return [name, first, ...command.slice(2).map((sha) => this.serverName(sha))];
    return command;
  }

  private learn(source: Bytes): Bytes {
    const { code } = withoutShebang(source);
    if (code === source) return source;
    if (this.serverNames.size >= MAX_SCRIPT_NAMES) this.serverNames.clear();
    this.serverNames.set(sha1(source), sha1(code));
    return code;
  }

  private serverName(sha: Bytes): Bytes {
    return this.serverNames.get(sha.toLowerCase()) ?? sha;
  }
}

/** The reply to SCRIPT LOAD must name the script as the client knows it. */
function loadedName(command: Command, reply: Reply): Reply {
  const isLoad = command[0]?.toUpperCase() === "SCRIPT" && command[1]?.toUpperCase() === "LOAD";
  return isLoad && typeof reply === "string" && command[2] !== undefined ? sha1(command[2]) : reply;
}

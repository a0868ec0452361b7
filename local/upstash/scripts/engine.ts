import type { Bytes } from "../engine/bytes";
import { noScript } from "../engine/errors";
import { RedisError, type Reply } from "../engine/reply";
import { type LuaState, lauxlib, lua } from "./fengari";
import { raise } from "./library";
import type { ScriptHost } from "./redis-library";
import { openSandbox } from "./sandbox";
import { sha1, withoutShebang } from "./shebang";
import { fieldAt, pushBytes, replyAt, textAt, toLua } from "./values";

/** A script that has run this many virtual machine instructions is stopped: it blocks every other client. */
export const MAX_INSTRUCTIONS = 5_000_000;
const INSTRUCTIONS_PER_CHECK = 10_000;
/** The oldest script is forgotten beyond this; its callers get NOSCRIPT and send the text again. */
const MAX_SCRIPTS = 2_000;
const MULTIPLE_RESULTS_DROPPED = 1;

interface Compiled {
  /** Where the compiled function is kept in the Lua registry. */
  reference: number;
  readOnly: boolean;
}

/** Scripts, each compiled once, all run in one Lua state. */
export class ScriptEngine {
  private readonly L: LuaState;
  private readonly scripts = new Map<Bytes, Compiled>();
  private instructions = 0;

  constructor(host: ScriptHost) {
    this.L = openSandbox(host);
  }

  /** Compiles and keeps a script; returns its SHA-1. */
  load(source: Bytes): Bytes {
    const sha = sha1(source);
    if (this.scripts.has(sha)) return sha;
    const { code, readOnly } = withoutShebang(source);
    const chunk = toLua(code);
    const failed = lauxlib.luaL_loadbufferx(this.L, chunk, chunk.length, toLua("@user_script"), toLua("t"));
    if (failed !== lua.LUA_OK) {
      const reason = textAt(this.L, -1) ?? "unknown";
      lua.lua_settop(this.L, 0);
      throw new RedisError(`ERR Error compiling script (new function): ${reason}`);
    }
    this.scripts.set(sha, { reference: lauxlib.luaL_ref(this.L, lua.LUA_REGISTRYINDEX), readOnly });
    this.forgetOldest();
    return sha;
  }

  has(sha: Bytes): boolean {
    return this.scripts.has(sha.toLowerCase());
  }

  isReadOnly(sha: Bytes): boolean {
    return this.scripts.get(sha.toLowerCase())?.readOnly ?? false;
  }

  flush(): void {
    for (const { reference } of this.scripts.values()) lauxlib.luaL_unref(this.L, lua.LUA_REGISTRYINDEX, reference);
    this.scripts.clear();
  }

  /** Runs a loaded script to its end. Its error is thrown as a RedisError with the script's message, SHA and line. */
  run(sha: Bytes, keys: readonly Bytes[], args: readonly Bytes[]): Reply {
    const script = this.scripts.get(sha.toLowerCase());
    if (!script) throw noScript();
    const L = this.L;
    try {
      setGlobalList(L, "KEYS", keys);
      setGlobalList(L, "ARGV", args);
      lua.lua_rawgeti(L, lua.LUA_REGISTRYINDEX, script.reference);
      this.instructions = 0;
      lua.lua_sethook(L, (inner) => this.count(inner), lua.LUA_MASKCOUNT, INSTRUCTIONS_PER_CHECK);
      const status = lua.lua_pcall(L, 0, MULTIPLE_RESULTS_DROPPED, 0);
      if (status !== lua.LUA_OK) throw this.failure(sha);
      return replyAt(L, -1);
    } finally {
      lua.lua_sethook(L, null, 0, 0);
      lua.lua_settop(L, 0);
    }
  }

  /** Past the limit every further instruction fails, so that a `pcall` in the script cannot go on. */
  private count(L: LuaState): void {
    this.instructions += INSTRUCTIONS_PER_CHECK;
    if (this.instructions < MAX_INSTRUCTIONS) return;
    lua.lua_sethook(L, (inner) => this.count(inner), lua.LUA_MASKCOUNT, 1);
    raise(L, "script ran for too long");
  }

  private failure(sha: Bytes): RedisError {
    const L = this.L;
    if (this.instructions >= MAX_INSTRUCTIONS) {
      return new RedisError(
        `BUSY The script was stopped after ${MAX_INSTRUCTIONS} instructions; bound its loop or do the work in parts. script: ${sha}`,
      );
    }
    if (lua.lua_type(L, -1) === lua.LUA_TTABLE) {
      const line = fieldAt(L, -1, "line");
      const where = line === undefined ? "" : `, on @user_script:${line}.`;
      return new RedisError(`${fieldAt(L, -1, "err") ?? "ERR unknown error"} script: ${sha}${where}`);
    }
    const message = textAt(L, -1) ?? "the script raised an error without a text";
    const line = /^user_script:(\d+):/.exec(message)?.[1];
    return new RedisError(`ERR ${message} script: ${sha}${line === undefined ? "" : `, on @user_script:${line}.`}`);
  }

  private forgetOldest(): void {
    for (const [sha, { reference }] of this.scripts) {
      if (this.scripts.size <= MAX_SCRIPTS) return;
      lauxlib.luaL_unref(this.L, lua.LUA_REGISTRYINDEX, reference);
      this.scripts.delete(sha);
    }
  }
}

function setGlobalList(L: LuaState, name: Bytes, items: readonly Bytes[]): void {
  lua.lua_pushglobaltable(L);
  pushBytes(L, name);
  lua.lua_createtable(L, items.length, 0);
  for (const [index, item] of items.entries()) {
    pushBytes(L, item);
    lua.lua_rawseti(L, -2, index + 1);
  }
  lua.lua_rawset(L, -3);
  lua.lua_settop(L, -2);
}

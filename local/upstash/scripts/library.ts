import type { Bytes } from "../engine/bytes";
import { RedisError } from "../engine/reply";
import { type LuaFunction, type LuaState, lauxlib, lua } from "./fengari";
import { ScriptFault } from "./script-fault";
import { fromLua, pushBytes, pushField } from "./values";

/** Sets a function in the table on top of the stack; RedisError and ScriptFault become Lua errors of their kind. */
export function setFunction(L: LuaState, name: Bytes, run: LuaFunction): void {
  pushBytes(L, name);
  lua.lua_pushcfunction(L, guarded(run));
  lua.lua_rawset(L, -3);
}

/** Raises a Lua error that begins with the script's line. */
export function raise(L: LuaState, message: Bytes): never {
  lauxlib.luaL_where(L, 1);
  const where = lua.lua_tostring(L, -1);
  lua.lua_settop(L, -2);
  pushBytes(L, (where === null ? "" : fromLua(where)) + message);
  return lua.lua_error(L);
}

/** Raises the `{err=}` table of a failed Redis command, with the line for the message a client gets. */
export function raiseReply(L: LuaState, error: RedisError): never {
  lauxlib.luaL_where(L, 1);
  const where = lua.lua_tostring(L, -1);
  lua.lua_settop(L, -2);
  const line = where === null ? undefined : /:(\d+):/.exec(fromLua(where))?.[1];
  pushField(L, "err", error.message);
  if (line !== undefined) {
    pushBytes(L, "line");
    pushBytes(L, line);
    lua.lua_rawset(L, -3);
  }
  return lua.lua_error(L);
}

function guarded(run: LuaFunction): LuaFunction {
  return (L) => {
    try {
      return run(L);
    } catch (error) {
      if (error instanceof ScriptFault) return raise(L, error.message);
      if (error instanceof RedisError) return raiseReply(L, error);
      throw error;
    }
  };
}

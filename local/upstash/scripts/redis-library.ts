import type { Bytes } from "../engine/bytes";
import { RedisError, type Reply } from "../engine/reply";
import { type LuaState, lua } from "./fengari";
import { setFunction } from "./library";
import { formatG } from "./number-text";
import { sha1 } from "./shebang";
import { pushBytes, pushField, pushReply, textAt } from "./values";

const ARGUMENT_DIGITS = 17;
const LOG_LEVELS = ["LOG_DEBUG", "LOG_VERBOSE", "LOG_NOTICE", "LOG_WARNING"];

/** What a running script may reach; `call` throws the command's RedisError. */
export interface ScriptHost {
  call(command: readonly Bytes[]): Reply;
  log(line: string): void;
}

/** Puts the `redis` library among the globals. */
export function openRedis(L: LuaState, host: ScriptHost): void {
  lua.lua_pushglobaltable(L);
  pushBytes(L, "redis");
  lua.lua_createtable(L, 0, 12);
  setFunction(L, "call", (inner) => {
    pushReply(inner, host.call(commandAt(inner)));
    return 1;
  });
  setFunction(L, "pcall", (inner) => {
    pushReply(inner, attempt(host, inner));
    return 1;
  });
  setFunction(L, "error_reply", (inner) => {
    pushField(inner, "err", errorText(onlyText(inner)));
    return 1;
  });
  setFunction(L, "status_reply", (inner) => {
    pushField(inner, "ok", onlyText(inner));
    return 1;
  });
  setFunction(L, "sha1hex", (inner) => {
    pushBytes(inner, sha1(onlyText(inner)));
    return 1;
  });
  setFunction(L, "log", (inner) => {
    host.log(textsFrom(inner, 2).join(" "));
    return 0;
  });
  for (const [level, name] of LOG_LEVELS.entries()) {
    pushBytes(L, name);
    lua.lua_pushnumber(L, level);
    lua.lua_rawset(L, -3);
  }
  lua.lua_rawset(L, -3);
  lua.lua_settop(L, -2);
}

function attempt(host: ScriptHost, L: LuaState): Reply {
  try {
    return host.call(commandAt(L));
  } catch (error) {
    if (error instanceof RedisError) return error;
    throw error;
  }
}

function commandAt(L: LuaState): Bytes[] {
  const count = lua.lua_gettop(L);
  if (count === 0) throw new RedisError("ERR Please specify at least one argument for this redis.call() call");
  return Array.from({ length: count }, (_, index) => {
    if (lua.lua_type(L, index + 1) === lua.LUA_TNUMBER) return formatG(lua.lua_tonumber(L, index + 1), ARGUMENT_DIGITS);
    const text = textAt(L, index + 1);
    if (text === undefined) throw new RedisError("ERR Lua redis lib command arguments must be strings or integers");
    return text;
  });
}

function onlyText(L: LuaState): Bytes {
  const text = textAt(L, 1);
  if (lua.lua_gettop(L) !== 1 || text === undefined) throw new RedisError("ERR wrong number or type of arguments");
  return text;
}

function textsFrom(L: LuaState, start: number): Bytes[] {
  const texts: Bytes[] = [];
  for (let index = start; index <= lua.lua_gettop(L); index += 1) texts.push(textAt(L, index) ?? "");
  return texts;
}

/** A message of one word has no code of its own and gets ERR. */
function errorText(text: Bytes): Bytes {
  const message = text.startsWith("-") ? text.slice(1) : text;
  return message.includes(" ") ? message : `ERR ${message}`;
}

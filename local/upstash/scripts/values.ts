import type { Bytes } from "../engine/bytes";
import { RedisError, type Reply, Status } from "../engine/reply";
import { type LuaState, type LuaString, lauxlib, lua } from "./fengari";

const MAX_DEPTH = 100;
const MAX_ITEMS = 1_000_000;
const LOWEST_INT64 = -(2n ** 63n);
const STACK_ROOM = 8;

export function toLua(bytes: Bytes): LuaString {
  const copy = new Uint8Array(bytes.length);
  for (let index = 0; index < bytes.length; index += 1) copy[index] = bytes.charCodeAt(index);
  return copy;
}

export function fromLua(text: LuaString): Bytes {
  return Buffer.from(text.buffer, text.byteOffset, text.length).toString("latin1");
}

export function pushBytes(L: LuaState, bytes: Bytes): void {
  lua.lua_pushstring(L, toLua(bytes));
}

/** The string or number at a place as text, without changing what is there. */
export function textAt(L: LuaState, index: number): Bytes | undefined {
  const type = lua.lua_type(L, index);
  if (type !== lua.LUA_TSTRING && type !== lua.LUA_TNUMBER) return undefined;
  lua.lua_pushvalue(L, index);
  const text = lua.lua_tostring(L, -1);
  lua.lua_settop(L, -2);
  return text === null ? undefined : fromLua(text);
}

/** The field of a table, if it is a string. */
export function fieldAt(L: LuaState, table: number, name: Bytes): Bytes | undefined {
  const at = lua.lua_absindex(L, table);
  pushBytes(L, name);
  const type = lua.lua_rawget(L, at);
  const text = type === lua.LUA_TSTRING ? textAt(L, -1) : undefined;
  lua.lua_settop(L, -2);
  return text;
}

/** A reply as a script sees it: nil is false, a status `{ok=}`, an error `{err=}`. */
export function pushReply(L: LuaState, reply: Reply): void {
  lauxlib.luaL_checkstack(L, STACK_ROOM, null);
  if (reply === null) lua.lua_pushboolean(L, false);
  else if (typeof reply === "string") pushBytes(L, reply);
  else if (typeof reply === "number" || typeof reply === "bigint") lua.lua_pushnumber(L, Number(reply));
  else if (reply instanceof Status) pushField(L, "ok", reply.text);
  else if (reply instanceof RedisError) pushField(L, "err", reply.message);
  else {
    lua.lua_createtable(L, reply.length, 0);
    for (const [index, item] of reply.entries()) {
      pushReply(L, item);
      lua.lua_rawseti(L, -2, index + 1);
    }
  }
}

/** A table with one text field: `{ok=}` or `{err=}`. */
export function pushField(L: LuaState, name: "ok" | "err", text: Bytes): void {
  lua.lua_createtable(L, 0, 1);
  pushBytes(L, name);
  pushBytes(L, text);
  lua.lua_rawset(L, -3);
}

/** What a script returned, by Redis' rules: numbers lose their fraction, false is nil, an array ends at its first nil. */
export function replyAt(L: LuaState, index: number, depth = 0): Reply {
  if (depth > MAX_DEPTH) throw new RedisError("ERR reached lua stack limit");
  const at = lua.lua_absindex(L, index);
  const type = lua.lua_type(L, at);
  if (type === lua.LUA_TSTRING) return textAt(L, at) ?? null;
  if (type === lua.LUA_TNUMBER) return truncated(lua.lua_tonumber(L, at));
  if (type === lua.LUA_TBOOLEAN) return lua.lua_toboolean(L, at) ? 1 : null;
  if (type !== lua.LUA_TTABLE) return null;
  const error = fieldAt(L, at, "err");
  if (error !== undefined) return new RedisError(error);
  const status = fieldAt(L, at, "ok");
  if (status !== undefined) return new Status(status.replace(/[\r\n]/g, " "));
  return itemsAt(L, at, depth);
}

function itemsAt(L: LuaState, table: number, depth: number): Reply {
  lauxlib.luaL_checkstack(L, STACK_ROOM, null);
  const items: Reply[] = [];
  while (items.length < MAX_ITEMS) {
    const type = lua.lua_rawgeti(L, table, items.length + 1);
    if (type !== lua.LUA_TNIL) items.push(replyAt(L, -1, depth + 1));
    lua.lua_settop(L, -2);
    if (type === lua.LUA_TNIL) return items;
  }
  throw new RedisError(`ERR the script returned more than ${MAX_ITEMS} elements`);
}

function truncated(value: number): Reply {
  const whole = Math.trunc(value) + 0;
  if (Number.isSafeInteger(whole)) return whole;
  if (!Number.isFinite(whole) || Math.abs(whole) >= 2 ** 63) return LOWEST_INT64;
  return BigInt(whole);
}

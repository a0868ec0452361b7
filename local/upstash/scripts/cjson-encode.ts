import type { Bytes } from "../engine/bytes";
import { type LuaState, lauxlib, lua } from "./fengari";
import { formatG } from "./number-text";
import { ScriptFault } from "./script-fault";
import { textAt } from "./values";

const MAX_DEPTH = 1000;
const STACK_ROOM = 8;
/** Up to this many places an array may have holes; beyond, it must be at least half full. */
const SAFE_SPARSE = 10;
const SPARSE_RATIO = 2;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "/": "\\/",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** A Lua value as JSON, with lua-cjson's rules: 14 digits, `\/`, an empty table is `{}`. */
export function encodeJson(L: LuaState, index: number, depth = 1): Bytes {
  if (depth > MAX_DEPTH) throw new ScriptFault(`Cannot serialise, excessive depth (${depth})`);
  const at = lua.lua_absindex(L, index);
  switch (lua.lua_type(L, at)) {
    case lua.LUA_TSTRING:
      return quoted(textAt(L, at) ?? "");
    case lua.LUA_TNUMBER:
      return number(lua.lua_tonumber(L, at));
    case lua.LUA_TBOOLEAN:
      return lua.lua_toboolean(L, at) ? "true" : "false";
    case lua.LUA_TNIL:
    case lua.LUA_TLIGHTUSERDATA:
      return "null";
    case lua.LUA_TTABLE:
      return table(L, at, depth);
    default:
      throw new ScriptFault("Cannot serialise function: type not supported");
  }
}

function table(L: LuaState, at: number, depth: number): Bytes {
  lauxlib.luaL_checkstack(L, STACK_ROOM, null);
  const length = arrayLength(L, at);
  return length > 0 ? array(L, at, length, depth) : object(L, at, depth);
}

/** The highest index if all keys are whole and positive, else 0. */
function arrayLength(L: LuaState, at: number): number {
  let highest = 0;
  let items = 0;
  lua.lua_pushnil(L);
  while (lua.lua_next(L, at) !== 0) {
    const place = lua.lua_type(L, -2) === lua.LUA_TNUMBER ? lua.lua_tonumber(L, -2) : 0;
    lua.lua_settop(L, -2);
    if (place < 1 || Math.floor(place) !== place) {
      lua.lua_settop(L, -2);
      return 0;
    }
    highest = Math.max(highest, place);
    items += 1;
  }
  if (highest > items * SPARSE_RATIO && highest > SAFE_SPARSE) {
    throw new ScriptFault("Cannot serialise table: excessively sparse array");
  }
  return highest;
}

function array(L: LuaState, at: number, length: number, depth: number): Bytes {
  const items: Bytes[] = [];
  for (let place = 1; place <= length; place += 1) {
    lua.lua_rawgeti(L, at, place);
    items.push(encodeJson(L, -1, depth + 1));
    lua.lua_settop(L, -2);
  }
  return `[${items.join(",")}]`;
}

function object(L: LuaState, at: number, depth: number): Bytes {
  const fields: Bytes[] = [];
  lua.lua_pushnil(L);
  while (lua.lua_next(L, at) !== 0) {
    const key = textAt(L, -2);
    if (key === undefined) throw new ScriptFault("Cannot serialise table: table key must be a number or string");
    fields.push(`${quoted(key)}:${encodeJson(L, -1, depth + 1)}`);
    lua.lua_settop(L, -2);
  }
  return `{${fields.join(",")}}`;
}

function number(value: number): Bytes {
  if (!Number.isFinite(value)) throw new ScriptFault("Cannot serialise number: must not be NaN or Inf");
  return formatG(value, 14);
}

function quoted(text: Bytes): Bytes {
  let escaped = "";
  for (const char of text) {
    const code = char.charCodeAt(0);
    const short = SHORT_ESCAPES[char];
    if (short !== undefined) escaped += short;
    else if (code < 0x20 || code === 0x7f) escaped += `\\u${code.toString(16).padStart(4, "0")}`;
    else escaped += char;
  }
  return `"${escaped}"`;
}

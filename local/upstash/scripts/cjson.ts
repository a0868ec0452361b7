import { type Bytes, toBytes, toText } from "../engine/bytes";
import { encodeJson } from "./cjson-encode";
import { type LuaState, lauxlib, lua } from "./fengari";
import { setFunction } from "./library";
import { ScriptFault } from "./script-fault";
import { pushBytes, textAt } from "./values";

const MAX_DEPTH = 1000;
const STACK_ROOM = 8;

/** Puts the `cjson` library among the globals. JSON's null is `cjson.null`, a value equal only to itself. */
export function openCjson(L: LuaState): void {
  lua.lua_pushglobaltable(L);
  pushBytes(L, "cjson");
  lua.lua_createtable(L, 0, 3);
  setFunction(L, "encode", (inner) => {
    pushBytes(inner, encodeJson(inner, 1));
    return 1;
  });
  setFunction(L, "decode", (inner) => {
    pushJson(inner, parse(textAt(inner, 1)), 1);
    return 1;
  });
  pushBytes(L, "null");
  lua.lua_pushlightuserdata(L, null);
  lua.lua_rawset(L, -3);
  lua.lua_rawset(L, -3);
  lua.lua_settop(L, -2);
}

function parse(text: Bytes | undefined): unknown {
  if (text === undefined) throw new ScriptFault("bad argument #1 to 'decode' (string expected)");
  try {
    return JSON.parse(toText(text));
  } catch (error) {
    const place = error instanceof SyntaxError ? /position (\d+)/.exec(error.message)?.[1] : undefined;
    const found = place === undefined ? "T_END" : "invalid token";
    throw new ScriptFault(`Expected value but found ${found} at character ${Number(place ?? text.length) + 1}`);
  }
}

function pushJson(L: LuaState, value: unknown, depth: number): void {
  if (depth > MAX_DEPTH) throw new ScriptFault("Found too many nested data structures (1001)");
  lauxlib.luaL_checkstack(L, STACK_ROOM, null);
  if (typeof value === "string") pushBytes(L, toBytes(value));
  else if (typeof value === "number") lua.lua_pushnumber(L, value);
  else if (typeof value === "boolean") lua.lua_pushboolean(L, value);
  else if (Array.isArray(value)) {
    lua.lua_createtable(L, value.length, 0);
    for (const [index, item] of value.entries()) {
      pushJson(L, item, depth + 1);
      lua.lua_rawseti(L, -2, index + 1);
    }
  } else if (typeof value === "object" && value !== null) {
    lua.lua_createtable(L, 0, 0);
    for (const [name, item] of Object.entries(value)) {
      pushBytes(L, toBytes(name));
      pushJson(L, item, depth + 1);
      lua.lua_rawset(L, -3);
    }
  } else {
    lua.lua_pushlightuserdata(L, null);
  }
}

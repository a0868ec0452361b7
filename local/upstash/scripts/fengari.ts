import { createRequire } from "node:module";
import { formatG } from "./number-text";

/** The Lua virtual machine's own string: its bytes. */
export type LuaString = Uint8Array;
declare const state: unique symbol;
/** A Lua thread; only ever handed back to the functions below. */
export interface LuaState {
  readonly [state]: true;
}
export type LuaFunction = (L: LuaState) => number;

/** The part of the Lua C API in use, with its own names; `index` counts stack places as C does. */
export interface LuaApi {
  readonly LUA_OK: number;
  readonly LUA_TNIL: number;
  readonly LUA_TBOOLEAN: number;
  readonly LUA_TLIGHTUSERDATA: number;
  readonly LUA_TNUMBER: number;
  readonly LUA_TSTRING: number;
  readonly LUA_TTABLE: number;
  readonly LUA_MASKCOUNT: number;
  readonly LUA_REGISTRYINDEX: number;
  lua_gettop(L: LuaState): number;
  lua_settop(L: LuaState, index: number): void;
  lua_type(L: LuaState, index: number): number;
  lua_absindex(L: LuaState, index: number): number;
  lua_pushnil(L: LuaState): void;
  lua_pushnumber(L: LuaState, value: number): void;
  lua_pushboolean(L: LuaState, value: boolean): void;
  lua_pushstring(L: LuaState, value: LuaString): void;
  lua_pushcfunction(L: LuaState, value: LuaFunction): void;
  lua_pushlightuserdata(L: LuaState, value: null): void;
  lua_pushglobaltable(L: LuaState): void;
  lua_pushvalue(L: LuaState, index: number): void;
  lua_createtable(L: LuaState, items: number, fields: number): void;
  lua_rawset(L: LuaState, index: number): void;
  lua_rawseti(L: LuaState, index: number, place: number): void;
  lua_rawget(L: LuaState, index: number): number;
  lua_rawgeti(L: LuaState, index: number, place: number): number;
  lua_rawlen(L: LuaState, index: number): number;
  lua_next(L: LuaState, index: number): number;
  lua_setmetatable(L: LuaState, index: number): void;
  lua_toboolean(L: LuaState, index: number): boolean;
  lua_tonumber(L: LuaState, index: number): number;
  lua_tostring(L: LuaState, index: number): LuaString | null;
  lua_touserdata(L: LuaState, index: number): unknown;
  /** Sets what turns a JavaScript exception (a light userdata argument) into the Lua error a script sees. */
  lua_atnativeerror(L: LuaState, handler: LuaFunction): void;
  lua_error(L: LuaState): never;
  lua_pcall(L: LuaState, args: number, results: number, handler: number): number;
  lua_sethook(L: LuaState, hook: ((L: LuaState) => void) | null, mask: number, count: number): void;
}

export interface LuaAuxiliary {
  luaL_newstate(): LuaState;
  luaL_requiref(L: LuaState, name: LuaString, open: LuaFunction, global: number): void;
  luaL_loadbufferx(L: LuaState, code: LuaString, size: number, name: LuaString, mode: LuaString): number;
  luaL_ref(L: LuaState, index: number): number;
  luaL_unref(L: LuaState, index: number, reference: number): void;
  luaL_where(L: LuaState, level: number): void;
  luaL_checkstack(L: LuaState, room: number, message: LuaString | null): void;
  luaL_tolstring(L: LuaState, index: number): LuaString;
}

export interface LuaLibraries {
  luaopen_base: LuaFunction;
  luaopen_table: LuaFunction;
  luaopen_string: LuaFunction;
  luaopen_math: LuaFunction;
  luaopen_coroutine: LuaFunction;
}

interface NumberSettings {
  LUA_COMPAT_FLOATSTRING: boolean;
  lua_number2str(value: number): string;
}

interface TaggedValue {
  type: number;
  value: unknown;
  setfltvalue(value: number): void;
  setivalue(value: number): void;
  ttisinteger(): boolean;
  ttisfloat(): boolean;
}

/**
 * Redis runs Lua 5.1, whose numbers are all doubles. This machine is Lua 5.3 with integers of 32 bits, in which
 * `TIME[1] * 1000` silently wraps. So the text form is replaced before the machine's modules read it, and then every integer is
 * made a float and no value counts as an integer. Numbers are written as 5.1 writes them (5, not 5.0).
 */
function loadWithLua51Numbers(): { lua: LuaApi; lauxlib: LuaAuxiliary; lualib: LuaLibraries } {
  const require = createRequire(import.meta.url);
  const tags: { constant_types: { LUA_TNUMFLT: number; LUA_TNUMINT: number } } = require("fengari/src/defs.js");
  const settings: NumberSettings = require("fengari/src/luaconf.js");
  settings.LUA_COMPAT_FLOATSTRING = true;
  settings.lua_number2str = (value) => formatG(value, 14);
  const machine: { lua: LuaApi; lauxlib: LuaAuxiliary; lualib: LuaLibraries } = require("fengari");
  const objects: { TValue: { prototype: TaggedValue } } = require("fengari/src/lobject.js");
  const { LUA_TNUMFLT, LUA_TNUMINT } = tags.constant_types;
  const value = objects.TValue.prototype;
  value.setivalue = value.setfltvalue;
  value.ttisinteger = () => false;
  value.ttisfloat = function (this: TaggedValue) {
    return this.type === LUA_TNUMFLT || this.type === LUA_TNUMINT;
  };
  return machine;
}

export const { lua, lauxlib, lualib } = loadWithLua51Numbers();

import { toBytes } from "../engine/bytes";
import { openCjson } from "./cjson";
import { type LuaState, lauxlib, lua, lualib } from "./fengari";
import { raise, setFunction } from "./library";
import { openRedis, type ScriptHost } from "./redis-library";
import { ScriptFault } from "./script-fault";
import { formatString } from "./string-format";
import { pushBytes, textAt, toLua } from "./values";

/** The longest string `string.rep` may make; a script's other strings are bounded by its instructions. */
const MAX_REPEATED_BYTES = 16 * 1024 * 1024;

/** What Lua 5.1 has and 5.3 lacks, and the other way about; nothing that reaches files or the process. */
const LUA_51 = `
  unpack = table.unpack
  table.getn = function(t) return #t end
  table.maxn = function(t)
    local highest = 0
    for key in pairs(t) do if type(key) == "number" and key > highest then highest = key end end
    return highest
  end
  table.unpack, table.pack, table.move = nil
  math.pow = function(x, y) return x ^ y end
  math.log10 = function(x) return math.log(x, 10) end
  math.mod = math.fmod
  math.type, math.tointeger, math.ult, math.maxinteger, math.mininteger = nil
  string.gfind = string.gmatch
  string.dump, string.pack, string.unpack, string.packsize = nil
  local load_text, repeat_text = load, string.rep
  load = function(chunk, name) return load_text(chunk, name, "t") end
  loadstring = load
  string.rep = function(text, count)
    if #text * count > ${MAX_REPEATED_BYTES} then error("resulting string too large", 2) end
    return repeat_text(text, count)
  end
  dofile, loadfile, print, require, collectgarbage, rawlen, _VERSION = nil
  _VERSION = "Lua 5.1"
`;

/** Scripts share one state, so no script may leave anything in a library for the next. */
const SEAL = `
  local sealed = {[_G] = true}
  local function refuse() error("Attempt to modify a readonly table", 2) end
  getmetatable("").__metatable = false
  for _, name in ipairs({"string", "table", "math", "coroutine", "os", "cjson", "redis"}) do
    local library = setmetatable({}, {__index = _G[name], __newindex = refuse, __metatable = false})
    sealed[library] = true
    _G[name] = library
  end
  local set = rawset
  rawset = function(t, key, value)
    if sealed[t] then error("Attempt to modify a readonly table", 2) end
    return set(t, key, value)
  end
`;

/** A Lua state with the libraries Redis gives its scripts, in which no global can be made or misspelt. */
export function openSandbox(host: ScriptHost): LuaState {
  const L = lauxlib.luaL_newstate();
  const libraries = [
    ["_G", lualib.luaopen_base],
    ["table", lualib.luaopen_table],
    ["string", lualib.luaopen_string],
    ["math", lualib.luaopen_math],
    ["coroutine", lualib.luaopen_coroutine],
  ] as const;
  for (const [name, open] of libraries) lauxlib.luaL_requiref(L, toLua(name), open, 1);
  lua.lua_settop(L, 0);
  lua.lua_atnativeerror(L, pushNativeError);
  runPrelude(L, LUA_51);
  openFormat(L);
  openClock(L);
  openCjson(L);
  openRedis(L, host);
  runPrelude(L, SEAL);
  protectGlobals(L);
  return L;
}

/** An exception of the machine itself: out of memory, a stack too deep, an argument it cannot take. */
function pushNativeError(L: LuaState): number {
  const error = lua.lua_touserdata(L, 1);
  pushBytes(L, `the script failed in the virtual machine: ${toBytes(error instanceof Error ? error.message : String(error))}`);
  return 1;
}

function runPrelude(L: LuaState, source: string): void {
  const code = toLua(source);
  const failed = lauxlib.luaL_loadbufferx(L, code, code.length, toLua("@prelude"), toLua("t")) || lua.lua_pcall(L, 0, 0, 0);
  if (failed) throw new Error(`The script sandbox could not be prepared: ${textAt(L, -1)}`);
}

function openFormat(L: LuaState): void {
  lua.lua_pushglobaltable(L);
  pushBytes(L, "string");
  lua.lua_rawget(L, -2);
  setFunction(L, "format", (inner) => {
    pushBytes(inner, formatString(inner));
    return 1;
  });
  lua.lua_settop(L, 0);
}

function openClock(L: LuaState): void {
  lua.lua_pushglobaltable(L);
  pushBytes(L, "os");
  lua.lua_createtable(L, 0, 1);
  setFunction(L, "clock", (inner) => {
    lua.lua_pushnumber(inner, process.cpuUsage().user / 1e6);
    return 1;
  });
  lua.lua_rawset(L, -3);
  lua.lua_settop(L, 0);
}

function protectGlobals(L: LuaState): void {
  lua.lua_pushglobaltable(L);
  lua.lua_createtable(L, 0, 3);
  setFunction(L, "__index", (inner) => {
    throw new ScriptFault(`Script attempted to access nonexistent global variable '${textAt(inner, 2) ?? "?"}'`);
  });
  setFunction(L, "__newindex", (inner) => raise(inner, "Attempt to modify a readonly table"));
  pushBytes(L, "__metatable");
  lua.lua_pushboolean(L, false);
  lua.lua_rawset(L, -3);
  lua.lua_setmetatable(L, -2);
  lua.lua_settop(L, 0);
}

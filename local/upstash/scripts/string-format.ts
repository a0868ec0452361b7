import type { Bytes } from "../engine/bytes";
import { type LuaState, lauxlib, lua } from "./fengari";
import { exponentText, fixed, formatG, scientific } from "./number-text";
import { ScriptFault } from "./script-fault";
import { fromLua, textAt } from "./values";

const DIRECTIVE = /%(?:([-+ #0]{0,5})(\d{0,2})(?:\.(\d{0,2}))?([diuoxXcqsaAeEfFgG])|%)/g;
const DEFAULT_PRECISION = 6;

interface Directive {
  flags: string;
  width: number;
  precision: number | undefined;
  kind: string;
}

/**
 * Lua 5.1's `string.format`. The machine's own refuses `%d` for a number above 2^31 or with a fraction; times in
 * milliseconds are both.
 */
export function formatString(L: LuaState): Bytes {
  const format = textAt(L, 1);
  if (format === undefined) throw new ScriptFault("bad argument #1 to 'format' (string expected, got no value)");
  const unknown = format.replace(DIRECTIVE, "").match(/%.?/);
  if (unknown) throw new ScriptFault(`invalid option '${unknown[0]}' to 'format'`);
  let argument = 1;
  return format.replace(DIRECTIVE, (whole, flags?: string, width?: string, precision?: string, kind?: string) => {
    if (kind === undefined) return whole === "%%" ? "%" : whole;
    argument += 1;
    return show(L, argument, {
      flags: flags ?? "",
      width: Number(width || "0"),
      precision: precision === undefined ? undefined : Number(precision || "0"),
      kind,
    });
  });
}

function show(L: LuaState, index: number, directive: Directive): Bytes {
  if (index > lua.lua_gettop(L)) throw new ScriptFault(`bad argument #${index} to 'format' (no value)`);
  if (directive.kind === "s") {
    const text = fromLua(lauxlib.luaL_tolstring(L, index));
    lua.lua_settop(L, -2);
    return pad(directive.precision === undefined ? text : text.slice(0, directive.precision), directive, false);
  }
  if (directive.kind === "q") return quote(textAt(L, index) ?? "");
  const value = numberAt(L, index);
  if (directive.kind === "c") return pad(String.fromCharCode(value & 0xff), directive, false);
  return "diuoxX".includes(directive.kind)
    ? pad(whole(value, directive), directive, directive.precision === undefined)
    : real(value, directive);
}

function numberAt(L: LuaState, index: number): number {
  const text = textAt(L, index);
  if (lua.lua_type(L, index) === lua.LUA_TNUMBER) return lua.lua_tonumber(L, index);
  const value = text === undefined || text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isNaN(value)) throw new ScriptFault(`bad argument #${index} to 'format' (number expected)`);
  return value;
}

function whole(value: number, { flags, precision, kind }: Directive): Bytes {
  const exact = Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
  const isSigned = kind === "d" || kind === "i";
  const base = kind === "o" ? 8 : kind === "x" || kind === "X" ? 16 : 10;
  const magnitude = isSigned ? (exact < 0n ? -exact : exact) : BigInt.asUintN(64, exact);
  const digits = magnitude.toString(base).padStart(precision ?? 1, "0");
  const prefix = flags.includes("#") && base === 16 && magnitude > 0n ? "0x" : "";
  const text = (isSigned ? sign(exact < 0n, flags) : "") + prefix + digits;
  return kind === "X" ? text.toUpperCase() : text;
}

function real(value: number, directive: Directive): Bytes {
  const { flags, kind } = directive;
  const precision = directive.precision ?? DEFAULT_PRECISION;
  const size = Math.abs(value);
  let text: string;
  if (!Number.isFinite(size)) text = formatG(size, 1);
  else if (kind === "f" || kind === "F") text = fixed(size, precision);
  else if (kind === "e" || kind === "E") {
    const { mantissa, exponent } = scientific(size, precision);
    text = `${mantissa}e${exponentText(exponent)}`;
  } else if (kind === "g" || kind === "G") text = formatG(size, precision, flags.includes("#"));
  else throw new ScriptFault(`invalid option '%${kind}' to 'format'`);
  const signed = sign(value < 0 || Object.is(value, -0), flags) + text;
  return pad("EFG".includes(kind) ? signed.toUpperCase() : signed, directive, Number.isFinite(size));
}

function sign(negative: boolean, flags: string): string {
  if (negative) return "-";
  return flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
}

function pad(text: Bytes, { flags, width }: Directive, zerosAllowed: boolean): Bytes {
  if (flags.includes("-")) return text.padEnd(width);
  if (!zerosAllowed || !flags.includes("0")) return text.padStart(width);
  const head = /^[-+ ]?(0x)?/i.exec(text)?.[0] ?? "";
  return head + text.slice(head.length).padStart(width - head.length, "0");
}

function quote(text: Bytes): Bytes {
  const escaped = text
    .replace(/[\\"\n]/g, "\\$&")
    .replaceAll("\r", "\\r")
    .replaceAll("\0", "\\000");
  return `"${escaped}"`;
}

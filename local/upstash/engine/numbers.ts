import type { Bytes } from "./bytes";
import { notAFloat, notAnInteger } from "./errors";

const INTEGER = /^(0|-?[1-9]\d{0,18})$/;
const FLOAT = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/;
const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

/** A 64-bit integer as Redis accepts it (no sign plus, no leading zero, no space), else `undefined`. */
export function asInt64(text: Bytes): bigint | undefined {
  if (!INTEGER.test(text)) return undefined;
  const value = BigInt(text);
  return isInt64(value) ? value : undefined;
}

export function isInt64(value: bigint): boolean {
  return value <= MAX_INT64 && value >= MIN_INT64;
}

/** An integer argument that only needs to be exact up to 2^53: an index, a count, a time. */
export function integer(text: Bytes): number {
  if (!INTEGER.test(text)) throw notAnInteger();
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  if (asInt64(text) === undefined) throw notAnInteger();
  return value;
}

/** A finite or infinite double as Redis reads scores and increments; NaN is refused. */
export function double(text: Bytes): number {
  if (FLOAT.test(text)) return Number(text);
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinite) return infinite[1] === "-" ? -Infinity : Infinity;
  throw notAFloat();
}

/** A double in its shortest exact form, as Redis prints scores. */
export function formatDouble(value: number): Bytes {
  if (value === Infinity) return "inf";
  if (value === -Infinity) return "-inf";
  return Object.is(value, -0) ? "-0" : String(value);
}

import { createHash } from "node:crypto";

/** A repeatable stream of numbers in [0, 1). The same seed gives the same stream on every machine. */
export type Random = () => number;

const TWO_POW_32 = 4_294_967_296;

/** Mulberry32: small, quick, and even enough to invent a catalogue with. Not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_POW_32;
  };
}

/** A number in [0, 1) that depends on nothing but the parts given. */
export function hashedFraction(...parts: (string | number)[]): number {
  return createHash("sha1").update(parts.join("\u0000")).digest().readUInt32BE(0) / TWO_POW_32;
}

/** A whole number, both ends included. */
export function randomInteger(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1));
}

/** One of the values, all equally likely. The list must not be empty. */
export function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error("There is nothing to pick from: give at least one value.");
  return value;
}

/** A copy in a random order. */
export function shuffled<T>(random: Random, values: readonly T[]): T[] {
  return values
    .map((value) => ({ value, weight: random() }))
    .sort((left, right) => left.weight - right.weight)
    .map((entry) => entry.value);
}

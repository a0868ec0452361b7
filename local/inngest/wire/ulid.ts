import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;
const RANDOM_BYTES = 10;

let lastMs = 0;
let lastRandom = 0n;

/** A new id that sorts after every one this process made before. */
export function ulid(nowMs: number): string {
  const ms = Math.max(nowMs, lastMs);
  lastRandom = ms === lastMs ? lastRandom + 1n : toBigInt(randomBytes(RANDOM_BYTES));
  lastMs = ms;
  return encode(ms, lastRandom);
}

/**
 * The id of the nth event of a POST that carries `x-inngest-event-id-seed: <millis>,<base64 of 10 bytes>`: the same on each
 * try, so that a repeated POST is seen as one. Undefined where the header is not of that shape.
 */
export function seededUlid(seed: string | undefined, index: number): string | undefined {
  const [millis = "", base64 = ""] = (seed ?? "").split(",");
  const entropy = Buffer.from(base64, "base64");
  if (!/^\d{1,14}$/.test(millis) || entropy.length !== RANDOM_BYTES) return undefined;
  return encode(Number(millis), toBigInt(entropy) + BigInt(index));
}

function encode(ms: number, random: bigint): string {
  return digits(BigInt(ms), TIME_LENGTH) + digits(random, RANDOM_LENGTH);
}

function digits(value: bigint, length: number): string {
  let rest = value;
  let text = "";
  for (let i = 0; i < length; i += 1) {
    text = ALPHABET.charAt(Number(rest % 32n)) + text;
    rest /= 32n;
  }
  return text;
}

function toBigInt(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString("hex")}`);
}

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { COMPLETE_ENV, keyText } from "./env.fixture";
import { open, seal } from "./seal";

const KEY = Buffer.alloc(32, 7);
const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));

/** The module as a process with this environment sees it: what it reads there, it reads once. */
async function sealWith(change: Partial<typeof COMPLETE_ENV> = {}) {
  vi.resetModules();
  for (const [name, value] of Object.entries({ ...COMPLETE_ENV, ...change })) vi.stubEnv(name, value);
  return import("./seal");
}

beforeEach(() => vi.unstubAllEnvs());
afterEach(() => vi.unstubAllEnvs());

describe("a box", () => {
  it("gives back what was put in, and never looks the same twice", () => {
    fc.assert(
      fc.property(bytes, fc.string(), (plain, place) => {
        const box = seal(KEY, plain, place);
        expect(open(KEY, box, place).equals(plain)).toBe(true);
        expect(seal(KEY, plain, place).equals(box)).toBe(false);
      }),
    );
  });

  it("stays shut for another key or another place", () => {
    const box = seal(KEY, Buffer.from("code"), "here");
    expect(() => open(Buffer.alloc(32, 8), box, "here")).toThrow();
    expect(() => open(KEY, box, "there")).toThrow();
  });

  it("stays shut when any one bit was altered", () => {
    const box = seal(KEY, Buffer.from("code"), "here");
    for (let bit = 0; bit < box.length * 8; bit++) {
      const altered = Buffer.from(box);
      altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => open(KEY, altered, "here"), `bit ${bit}`).toThrow();
    }
  });

  it.each(["", "code"])("stays shut when its end was cut off (sealing %j)", (plain) => {
    const box = seal(KEY, Buffer.from(plain), "here");
    for (let length = 0; length < box.length; length++)
      expect(() => open(KEY, box.subarray(0, length), "here"), `${length} of ${box.length} bytes`).toThrow();
  });
});

describe("wrapped keys", () => {
  it("are wrapped by the newest master key and open while that one is there", async () => {
    const before = await sealWith();
    const old = before.newWrappedKey("order:1");
    expect(old.masterKeyNumber).toBe(1);

    const rotated = await sealWith({ CARD_MASTER_KEYS: `1:${keyText(1)},10:${keyText(3)},2:${keyText(2)}` });
    expect(rotated.unwrapKey(old, "order:1").equals(old.key)).toBe(true);
    expect(rotated.newWrappedKey("order:1").masterKeyNumber).toBe(10);
    expect(() => rotated.unwrapKey(old, "order:2")).toThrow();

    const without = await sealWith({ CARD_MASTER_KEYS: `2:${keyText(2)}` });
    expect(() => without.unwrapKey(old, "order:1")).toThrow(/Master key 1 is not in CARD_MASTER_KEYS/);
  });
});

describe("fingerprints", () => {
  it("are equal for equal secrets, and only under the same key", async () => {
    const { fingerprint } = await sealWith();
    const print = fingerprint("AAAA-1");
    expect(fingerprint("AAAA-1").equals(print)).toBe(true);
    expect(fingerprint("AAAA-2").equals(print)).toBe(false);
    const other = await sealWith({ CARD_FINGERPRINT_KEY: keyText(8) });
    expect(other.fingerprint("AAAA-1").equals(print)).toBe(false);
  });

  it.each([
    ["secret", "secret", true],
    ["secret", "secreT", false],
    ["secret", "secret and more", false],
    ["", "secret", false],
  ])("compare %j with %j", async (given, expected, same) => {
    const { sameSecret } = await sealWith();
    expect(sameSecret(given, expected)).toBe(same);
  });
});

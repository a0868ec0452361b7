import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json";
import { parseDurationMs, parseMomentMs } from "./duration";
import { assertSigningKey, hashedKey, sign, verify } from "./signature";
import { seededUlid, ulid } from "./ulid";

const KEY = "signkey-local-0a1b";
const NOW_MS = 1_795_420_318_105;

describe("signatures", () => {
  it("verifies what it signed, for five minutes either way", () => {
    const header = sign("text", KEY, NOW_MS);
    expect(verify("text", header, KEY, NOW_MS)).toBe(true);
    expect(verify("text", header, KEY, NOW_MS + 299_000)).toBe(true);
    expect(verify("text", header, KEY, NOW_MS + 301_000)).toBe(false);
    expect(verify("text", header, KEY, NOW_MS - 301_000)).toBe(false);
  });

  it("refuses another text, another key, and a header of another shape", () => {
    const header = sign("text", KEY, NOW_MS);
    expect(verify("test", header, KEY, NOW_MS)).toBe(false);
    expect(verify("text", header, "signkey-local-ff", NOW_MS)).toBe(false);
    for (const odd of [undefined, "", "t=1", "s=ab", "t=x&s=ab"]) expect(verify("text", odd, KEY, NOW_MS)).toBe(false);
  });

  it("hashes the key as its bytes and keeps the prefix", () => {
    const digest = createHash("sha256")
      .update(Buffer.from([0x0a, 0x1b]))
      .digest("hex");
    expect(hashedKey(KEY)).toBe(`signkey-local-${digest}`);
  });

  it.each(["", "0a1b", "signkey-local-0a1", "signkey-local-zz"])("refuses the key %j", (key) => {
    expect(() => assertSigningKey(key)).toThrow("even number of hex digits");
  });
});

describe("canonicalJson", () => {
  it("sorts keys at every level and leaves out what is undefined", () => {
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: "é\n", x: undefined })).toBe('{"a":"é\\n","b":[{"c":null,"d":1}]}');
  });
});

describe("ulid", () => {
  it("grows, also within a millisecond and when the clock goes back", () => {
    const ids = [ulid(NOW_MS), ulid(NOW_MS), ulid(NOW_MS - 5), ulid(NOW_MS + 1)];
    expect([...ids].sort()).toEqual(ids);
    expect(ids.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true);
  });

  it("is the same for the same seed and place, and undefined for no seed", () => {
    const seed = `${NOW_MS},${Buffer.alloc(10, 255).toString("base64")}`;
    expect(seededUlid(seed, 0)).toBe(seededUlid(seed, 0));
    expect(seededUlid(seed, 1)).not.toBe(seededUlid(seed, 0));
    expect([seededUlid(undefined, 0), seededUlid("x,y", 0)]).toEqual([undefined, undefined]);
  });
});

describe("durations", () => {
  it.each([
    ["1s", 1000],
    ["2h30m10s", 9_010_000],
    ["1w1d", 691_200_000],
    ["", 0],
    ["soon", undefined],
    ["1y", undefined],
  ])("%j is %j ms", (text, expected) => {
    expect(parseDurationMs(text)).toBe(expected);
  });

  it("reads moments as durations from now or as dates", () => {
    expect(parseMomentMs("2s", 1000)).toBe(3000);
    expect(parseMomentMs("1970-01-01T00:00:05.000Z", 1000)).toBe(5000);
    expect(parseMomentMs("never", 1000)).toBeUndefined();
  });
});

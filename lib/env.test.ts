import { describe, expect, it } from "vitest";
import { parseEnv } from "./env";
import { COMPLETE_ENV, keyText } from "./env.fixture";

describe("parseEnv", () => {
  it("reads a complete environment into the types that are used", () => {
    const env = parseEnv({ ...COMPLETE_ENV, CARD_MASTER_KEYS: `1:${keyText(1)},12:${keyText(2)}` });
    expect(env.BAMBOO_ACCOUNT_ID).toBe(4321);
    expect([...env.CARD_MASTER_KEYS]).toEqual([
      [1, Buffer.alloc(32, 1)],
      [12, Buffer.alloc(32, 2)],
    ]);
    expect(env.CARD_FINGERPRINT_KEY).toEqual(Buffer.alloc(32, 9));
  });

  it("takes a blank for unset: an optional one is left out, a mode falls back to the strict one, a needed one is missing", () => {
    const env = parseEnv({ ...COMPLETE_ENV, DATABASE_URL_UNPOOLED: "", NODE_ENV: "", INNGEST_DEV: "" });
    expect(env.DATABASE_URL_UNPOOLED).toBeUndefined();
    expect(env.NODE_ENV).toBe("production");
    expect(() => parseEnv({ ...COMPLETE_ENV, AUTH_SECRET: "" })).toThrow(/AUTH_SECRET: missing$/m);
  });

  it.each([
    ["DATABASE_URL", "DATABASE_URL_UNPOOLED", "postgres://owner@127.0.0.1:1/steller"],
    ["UPSTASH_REDIS_REST_TOKEN", "UPSTASH_REDIS_REST_URL"],
    ["INNGEST_SIGNING_KEY", "INNGEST_EVENT_KEY"],
    ["BAMBOO_CLIENT_SECRET", "BAMBOO_CLIENT_ID"],
    ["CARD_FINGERPRINT_KEY", "CARD_MASTER_KEYS"],
  ])("names %s when only the rest of its group is set", (missing, present, value?: string) => {
    const source = { ...COMPLETE_ENV, ...(value ? { [present]: value } : {}), [missing]: undefined };
    expect(() => parseEnv(source)).toThrow(new RegExp(`${missing}: missing, while .*${present}.* (is|are) set`));
  });

  it("names everything that is wrong at once, without showing a value", () => {
    const source = { ...COMPLETE_ENV, APP_URL: "nowhere", AUTH_SECRET: "too-short-secret", DATABASE_URL: undefined };
    const start = () => parseEnv(source);
    expect(start).toThrow(/APP_URL.*AUTH_SECRET: must be at least 32 characters.*DATABASE_URL: missing/s);
    expect(start).not.toThrow(/too-short-secret|nowhere/);
  });

  it.each(["1", "true", "http://127.0.0.1:8288"])("refuses INNGEST_DEV=%s in production only", (INNGEST_DEV) => {
    expect(() => parseEnv({ ...COMPLETE_ENV, NODE_ENV: "production", INNGEST_DEV })).toThrow(/INNGEST_DEV.*Unset it/);
    expect(parseEnv({ ...COMPLETE_ENV, NODE_ENV: "development", INNGEST_DEV }).NODE_ENV).toBe("development");
  });

  it.each([
    ["no number", keyText(1)],
    ["a number that is none", `one:${keyText(1)}`],
    ["no key", "1"],
    ["a short key", `1:${Buffer.alloc(31, 1).toString("base64")}`],
    ["a long key", `1:${Buffer.alloc(33, 1).toString("base64")}`],
    ["a comma too many", `1:${keyText(1)},`],
    ["a colon for a comma, which hides a key", `1:${keyText(1)}:2:${keyText(2)}`],
    ["two keys under one number, which loses a key", `1:${keyText(1)},1:${keyText(2)}`],
  ])("refuses master keys with %s", (_, CARD_MASTER_KEYS) => {
    expect(() => parseEnv({ ...COMPLETE_ENV, CARD_MASTER_KEYS })).toThrow(/CARD_MASTER_KEYS: must/);
  });

  it("takes other limits of the supplier for those named only", () => {
    expect(parseEnv(COMPLETE_ENV)).toMatchObject({ BAMBOO_BUDGETS: {}, BAMBOO_GUARD_MS: 75 });
    const BAMBOO_BUDGETS = '{"placeOrder":{"gapMs":0},"getOrder":{"limit":60,"windowMs":60000}}';
    expect(parseEnv({ ...COMPLETE_ENV, BAMBOO_BUDGETS, BAMBOO_GUARD_MS: "40" })).toMatchObject({
      BAMBOO_BUDGETS: { placeOrder: { gapMs: 0 }, getOrder: { limit: 60, windowMs: 60_000 } },
      BAMBOO_GUARD_MS: 40,
    });
  });

  it("reads the catalogue page by page unless told otherwise", () => {
    expect(parseEnv(COMPLETE_ENV).BAMBOO_CATALOG).toBe("v2");
    expect(parseEnv({ ...COMPLETE_ENV, BAMBOO_CATALOG: "v1" }).BAMBOO_CATALOG).toBe("v1");
    expect(() => parseEnv({ ...COMPLETE_ENV, BAMBOO_CATALOG: "v3" })).toThrow(/BAMBOO_CATALOG/);
  });

  it.each([
    ["not JSON", "limit=60", /BAMBOO_BUDGETS: must be JSON/],
    ["an unknown name", '{"getOrders":{"limit":60}}', /BAMBOO_BUDGETS: .*"getOrders"/],
    ["an unknown field", '{"getOrder":{"limits":60}}', /BAMBOO_BUDGETS: getOrder: .*"limits"/],
    ["nothing allowed", '{"getOrder":{"limit":0}}', /BAMBOO_BUDGETS: getOrder\.limit: /],
    ["part of a call", '{"catalog":{"windowMs":0.5}}', /BAMBOO_BUDGETS: catalog\.windowMs: /],
    ["no figure", '{"placeOrder":{"gapMs":"500"}}', /BAMBOO_BUDGETS: placeOrder\.gapMs: /],
  ])("refuses limits of the supplier that are %s", (_, BAMBOO_BUDGETS, says) => {
    expect(() => parseEnv({ ...COMPLETE_ENV, BAMBOO_BUDGETS })).toThrow(says);
  });
});

import { describe, expect, test } from "vitest";
import { isLoopback, standInsFor } from "./environment";

const NEON = {
  DATABASE_URL: "postgres://u:p@ep-one.example.com/steller",
  AUTH_SECRET: "a",
  CARD_MASTER_KEYS: "k",
  CARD_FINGERPRINT_KEY: "f",
};
const BAMBOO = {
  BAMBOO_BASE_URL: "https://supplier.example.com",
  BAMBOO_CLIENT_ID: "i",
  BAMBOO_CLIENT_SECRET: "s",
  BAMBOO_ACCOUNT_ID: "1",
  BAMBOO_NOTIFICATION_SECRET: "n",
};

describe("which services are stand-ins", () => {
  test("all of them when nothing is named, and a blank variable names nothing", () => {
    expect([...standInsFor({})]).toEqual(["postgres", "upstash", "inngest", "bamboo"]);
    expect([...standInsFor({ DATABASE_URL: "", BAMBOO_BASE_URL: "" })]).toHaveLength(4);
  });

  test("a fully named group is left alone", () => {
    expect([...standInsFor(NEON)]).toEqual(["upstash", "inngest", "bamboo"]);
    expect([...standInsFor({ INNGEST_EVENT_KEY: "e", INNGEST_SIGNING_KEY: "s" })]).toEqual(["postgres", "upstash", "bamboo"]);
    expect([
      ...standInsFor({
        ...NEON,
        ...BAMBOO,
        UPSTASH_REDIS_REST_URL: "u",
        UPSTASH_REDIS_REST_TOKEN: "t",
        INNGEST_EVENT_KEY: "e",
        INNGEST_SIGNING_KEY: "s",
      }),
    ]).toEqual([]);
  });

  test.each([
    [{ UPSTASH_REDIS_REST_URL: "u" }, "UPSTASH_REDIS_REST_TOKEN: missing, while UPSTASH_REDIS_REST_URL is set"],
    [{ INNGEST_BASE_URL: "u" }, "INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY: missing, while INNGEST_BASE_URL is set"],
    [{ DATABASE_URL_UNPOOLED: "u" }, "DATABASE_URL: missing, while DATABASE_URL_UNPOOLED is set"],
    [
      { BAMBOO_CLIENT_ID: "i", BAMBOO_BASE_URL: "u" },
      "BAMBOO_CLIENT_SECRET: missing, while BAMBOO_BASE_URL, BAMBOO_CLIENT_ID are set",
    ],
  ])("a half-set group is refused by name: %o", (variables, complaint) => {
    expect(() => standInsFor(variables)).toThrow(complaint);
  });

  test("every complaint is in one message", () => {
    expect(() => standInsFor({ UPSTASH_REDIS_REST_URL: "u", INNGEST_EVENT_KEY: "e" })).toThrow(
      /UPSTASH_REDIS_REST_TOKEN[\s\S]*INNGEST_SIGNING_KEY/,
    );
  });

  test("keys are not made here for a database elsewhere, but are for one on this machine", () => {
    expect(() => standInsFor({ DATABASE_URL: NEON.DATABASE_URL })).toThrow(
      "AUTH_SECRET, CARD_MASTER_KEYS, CARD_FINGERPRINT_KEY: missing",
    );
    expect(standInsFor({ DATABASE_URL: "postgres://u:p@127.0.0.1:5432/steller" }).has("postgres")).toBe(false);
  });

  test("the real supplier needs its account and its callback secret; the sandbox may be given an account", () => {
    const { BAMBOO_ACCOUNT_ID: _account, ...without } = BAMBOO;
    expect(() => standInsFor(without)).toThrow("BAMBOO_ACCOUNT_ID: missing");
    expect(standInsFor({ BAMBOO_ACCOUNT_ID: "7" }).has("bamboo")).toBe(true);
  });
});

test.each([
  ["postgres://u:p@127.0.0.1:5/x", true],
  ["postgres://u:p@localhost/x", true],
  ["postgres://u:p@[::1]:5/x", true],
  ["postgres://u:p@127.0.0.1.example.com/x", false],
  ["postgres://127.0.0.1@example.com/x", false],
  ["not a url", false],
  [undefined, false],
])("%s is on this machine: %s", (url, expected) => {
  expect(isLoopback(url)).toBe(expected);
});

import { beforeEach, describe, expect, it } from "vitest";
import { type AttemptStore, attemptFor, settleAttempt, unsettledAttempt } from "./order-attempts";

const FORM = "order-of-product-7";
const DAY_MS = 86_400_000;
const order = (quantity: number, maxTotalMinor = 1_000) => ({
  lines: [{ productId: 7, faceMinor: 1_000, quantity }],
  maxTotalMinor,
});

let rows: Map<string, string>;
let store: AttemptStore;
let made: number;
const newKey = () => `key-${++made}`;

beforeEach(() => {
  rows = new Map();
  made = 0;
  store = {
    getItem: (name) => rows.get(name) ?? null,
    setItem: (name, text) => void rows.set(name, text),
    removeItem: (name) => void rows.delete(name),
  };
});

describe("attemptFor", () => {
  it("keeps the key over retries and reloads", () => {
    const first = attemptFor(store, FORM, order(2), 0, newKey);
    expect(attemptFor(store, FORM, order(2), 5_000, newKey)).toEqual(first);
    expect(made).toBe(1);
  });

  it("repeats the first body although the price moved", () => {
    attemptFor(store, FORM, order(2, 1_000), 0, newKey);
    expect(attemptFor(store, FORM, order(2, 1_100), 1, newKey).body.maxTotalMinor).toBe(1_000);
  });

  it("makes a new key for another order", () => {
    const first = attemptFor(store, FORM, order(2), 0, newKey);
    expect(attemptFor(store, FORM, order(3), 1, newKey).key).not.toBe(first.key);
    expect(attemptFor(store, FORM, { ...order(3), reference: "PO-1" }, 2, newKey).key).toBe("key-3");
    expect(attemptFor(store, FORM, { ...order(3), reference: "PO-1", lane: "urgent" }, 2, newKey).key).toBe("key-4");
    expect(attemptFor(store, FORM, { ...order(3), reference: "PO-1", lane: "normal" }, 2, newKey).key).toBe("key-5");
    expect(attemptFor(store, FORM, { ...order(3), reference: "PO-1" }, 2, newKey).key).toBe("key-5");
  });

  it("makes a new key once the result is known", () => {
    const first = attemptFor(store, FORM, order(2), 0, newKey);
    settleAttempt(store, FORM);
    expect(unsettledAttempt(store, FORM, 1)).toBeNull();
    expect(attemptFor(store, FORM, order(2), 1, newKey).key).not.toBe(first.key);
  });

  it("keeps forms apart", () => {
    const first = attemptFor(store, FORM, order(2), 0, newKey);
    expect(attemptFor(store, "order-of-product-8", order(2), 0, newKey).key).not.toBe(first.key);
  });

  it("forgets after a day", () => {
    attemptFor(store, FORM, order(2), 0, newKey);
    expect(unsettledAttempt(store, FORM, DAY_MS - 1)).not.toBeNull();
    expect(unsettledAttempt(store, FORM, DAY_MS)).toBeNull();
  });

  it.each(["not json", "{}", '{"key":"","atMs":0,"body":{}}'])("takes the stored text %j for absent", (text) => {
    rows.set(`steller.attempt.${FORM}`, text);
    expect(unsettledAttempt(store, FORM, 1)).toBeNull();
    expect(attemptFor(store, FORM, order(1), 1, newKey).key).toBe("key-1");
  });
});

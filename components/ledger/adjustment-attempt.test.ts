import { expect, it } from "vitest";
import { type AttemptStore, adjustmentKey, settleAdjustment } from "./adjustment-attempt";

function memory(): AttemptStore {
  const values = new Map<string, string>();
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => void values.set(name, value),
    removeItem: (name) => void values.delete(name),
  };
}

const body = { partnerId: "018f4a52-7c11-7abc-8def-0123456789ab", currency: "USD", amountMinor: 500, reason: "goodwill" };

it("keeps the key of the same adjustment until its result is known, and makes a new one for another", () => {
  const store = memory();
  let made = 0;
  const newKey = () => `key-${++made}`;
  expect(adjustmentKey(store, body, newKey)).toBe("key-1");
  expect(adjustmentKey(store, { ...body, reason: "goodwill " }, newKey)).toBe("key-1");
  expect(adjustmentKey(store, { ...body, amountMinor: -500 }, newKey)).toBe("key-2");
  settleAdjustment(store);
  expect(adjustmentKey(store, { ...body, amountMinor: -500 }, newKey)).toBe("key-3");
});

it("takes what it cannot read as absent", () => {
  const store = memory();
  store.setItem("steller.attempt.adjustment", "{broken");
  expect(adjustmentKey(store, body, () => "fresh")).toBe("fresh");
});

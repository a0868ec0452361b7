import { expect, it } from "vitest";
import { idempotencyKeyOf } from "./idempotency-key";

it.each(["12345678", "0b9f1c52-6f0e-4a53-8a0a-3d4b1f2a7c11", "!~!~!~!~", "k".repeat(128)])("takes %s as it is", (key) => {
  expect(idempotencyKeyOf(new Headers({ "Idempotency-Key": key }))).toBe(key);
});

it.each([
  [undefined, "missing"],
  ["", "missing"],
  ["1234567", "8 to 128 visible ASCII characters"],
  ["k".repeat(129), "8 to 128 visible ASCII characters"],
  ["with a space", "8 to 128 visible ASCII characters"],
  ["with\ttabs", "8 to 128 visible ASCII characters"],
  ["accéntéd-key", "8 to 128 visible ASCII characters"],
])("refuses %j and says why", (key, message) => {
  const headers = new Headers(key === undefined ? {} : { "idempotency-key": key });
  expect(() => idempotencyKeyOf(headers)).toThrow(
    expect.objectContaining({ code: "idempotency_key_missing", fields: [{ path: "Idempotency-Key", message }] }),
  );
});

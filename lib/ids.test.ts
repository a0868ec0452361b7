import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { derivedId, derivedRequestId, newId, orderNumber } from "./ids";

const MAX_MS = 2 ** 48 - 1;

describe("newId", () => {
  it("is a UUID of version 7 that holds its time", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_MS }), (nowMs) => {
        const id = newId(nowMs);
        expect(z.uuidv7().safeParse(id).success).toBe(true);
        expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(nowMs);
      }),
    );
  });

  it("sorts by time as text", () => {
    const times = [0, 1, 255, 256, 1_700_000_000_000, 1_700_000_000_001, MAX_MS];
    const ids = times.map(newId);
    expect([...ids].sort()).toEqual(ids);
  });

  it("differs within one millisecond", () => {
    expect(new Set(Array.from({ length: 1_000 }, () => newId(1))).size).toBe(1_000);
  });
});

describe("derived ids", () => {
  const parts = fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 5 });

  it("are the same for the same parts, and differ for any other", () => {
    fc.assert(
      fc.property(parts, parts, (some, others) => {
        const same = JSON.stringify(some) === JSON.stringify(others);
        expect(derivedId(...some) === derivedId(...others)).toBe(same);
        expect(derivedRequestId(...some)).toBe(derivedRequestId(...some));
      }),
    );
    expect(derivedId("a", "b")).not.toBe(derivedId("ab"));
    expect(derivedId("a", 1)).not.toBe(derivedId("a", "1"));
  });

  it("are a UUID of version 8, and for Bamboo a lower-case GUID of version 4", () => {
    fc.assert(
      fc.property(parts, (some) => {
        expect(z.uuid({ version: "v8" }).safeParse(derivedId(...some)).success).toBe(true);
        const requestId = derivedRequestId(...some);
        expect(z.uuidv4().safeParse(requestId).success).toBe(true);
        expect(requestId).toBe(requestId.toLowerCase());
      }),
    );
  });
});

it.each([
  [1, "ST-000001"],
  [123, "ST-000123"],
  [999_999, "ST-999999"],
  [1_000_000, "ST-1000000"],
])("order %d is %s", (sequence, number) => {
  expect(orderNumber(sequence)).toBe(number);
});

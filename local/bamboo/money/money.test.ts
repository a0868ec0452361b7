import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { divideHalfEven, fourDecimals, fromUnits, RATE_SCALE, toUnits } from "./amount";
import { chargeFor, costOf } from "./cost";
import { RateTable } from "./rates";

const HOUR_MS = 3_600_000;

describe("amounts", () => {
  test("go from JSON to units and back, and more than four decimals are refused", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 10 ** 13 }), (units) => toUnits(fromUnits(units)) === units));
    for (const value of [0.00001, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e300]) expect(toUnits(value)).toBeNull();
    expect([fourDecimals(123_400), fourDecimals(5), fourDecimals(0), fourDecimals(-5)]).toEqual([
      "12.3400",
      "0.0005",
      "0.0000",
      "-0.0005",
    ]);
  });

  test("round half to even", () => {
    expect([divideHalfEven(5n, 2n), divideHalfEven(7n, 2n), divideHalfEven(8n, 3n), divideHalfEven(7n, 3n)]).toEqual([
      2n,
      4n,
      3n,
      2n,
    ]);
  });
});

describe("the cost of a line", () => {
  test("is rounded once: one card 9.47, two 18.9401", () => {
    const cost = { numerator: "9470050", denominator: "100" };
    expect([chargeFor(cost, 1), chargeFor(cost, 2)]).toEqual([94_700, 189_401]);
  });

  test("goes through the rate: 9.5 at 1.10 is 10.45", () => {
    const line = { minFace: 100_000, maxFace: 100_000, priceMin: 95_000, priceMax: 95_000 };
    expect(chargeFor(costOf(line, 100_000, 1.1 * RATE_SCALE), 1)).toBe(104_500);
  });

  test("lies on the line between the ends of a range", () => {
    const line = { minFace: 10_000, maxFace: 5_000_000, priceMin: 9_000, priceMax: 4_500_000 };
    expect(chargeFor(costOf(line, 1_230_000, RATE_SCALE), 1)).toBe(1_107_000);
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 5_000_000 }), fc.integer({ min: 1, max: 500 }), (face, quantity) => {
        const charge = chargeFor(costOf(line, face, RATE_SCALE), quantity);
        expect(charge).toBeGreaterThanOrEqual(9_000 * quantity);
        expect(charge).toBeLessThanOrEqual(4_500_000 * quantity);
      }),
    );
  });
});

describe("the rates", () => {
  const at = (nowMs: number) => new RateTable(7, () => nowMs);

  test("hold the pegs in every hour", () => {
    for (let hour = 0; hour < 200; hour += 1) {
      const rates = at(hour * HOUR_MS);
      expect(rates.between("USD", "AED")).toBe(36_725_000_000);
      const euro = BigInt(rates.between("USD", "EUR") ?? 0);
      expect(BigInt(rates.between("USD", "XAF") ?? 0)).toBe((euro * 655_957n) / 1000n);
    }
  });

  test("stay for an hour, then move a little", () => {
    const euro = (nowMs: number) => (at(nowMs).between("USD", "EUR") ?? 0) / RATE_SCALE;
    expect(euro(0)).toBe(euro(HOUR_MS - 1));
    expect(euro(0)).not.toBe(euro(HOUR_MS));
    expect(Math.abs(euro(0) / euro(HOUR_MS) - 1)).toBeLessThan(0.01);
  });

  test("know more than thirty currencies and nothing else", () => {
    expect(at(0).currencies.length).toBeGreaterThan(30);
    expect(at(0).between("USD", "QQQ")).toBeNull();
  });
});

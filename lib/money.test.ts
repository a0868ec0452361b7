import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, divide, formatMoney, fraction, majorText, multiply, roundFraction, toMajor, toMinor } from "./money";

describe("fractions", () => {
  it("reads decimals exactly where binary floats would drift", () => {
    expect(toMinor(multiply(fraction("0.1"), fraction("3")), "USD")).toBe(30);
    expect(compare(fraction(1.005), fraction("1.005"))).toBe(0);
  });

  it("refuses what is not a decimal", () => {
    for (const bad of ["", "1,5", "abc", "1e999", "NaN", "0x10"]) expect(() => fraction(bad)).toThrow(/Not a decimal/);
  });

  it("rounds half away from zero, symmetrically", () => {
    expect(roundFraction(fraction("2.5"))).toBe(3n);
    expect(roundFraction(fraction("-2.5"))).toBe(-3n);
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        (n, d) => roundFraction({ n: -n, d }) === -roundFraction({ n, d }),
      ),
    );
  });

  it("refuses to divide by zero", () => {
    expect(() => divide(fraction("1"), fraction("0"))).toThrow(/zero/);
  });
});

describe("minor units", () => {
  it("knows each currency's places", () => {
    expect(toMinor(fraction("10.5"), "USD")).toBe(1050);
    expect(toMinor(fraction("10.5"), "JPY")).toBe(11);
    expect(toMinor(fraction("10.5"), "KWD")).toBe(10_500);
  });

  it("goes to major units and back unchanged", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.constantFrom("USD", "JPY", "KWD"), (amount, currency) => {
        expect(toMinor(toMajor(amount, currency), currency)).toBe(amount);
        expect(toMinor(fraction(majorText(amount, currency)), currency)).toBe(amount);
      }),
    );
  });

  it("writes amounts for people and for the supplier", () => {
    expect(formatMoney(-5, "USD")).toBe("-0.05 USD");
    expect(formatMoney(1234, "JPY")).toBe("1234 JPY");
    expect(majorText(1050, "USD")).toBe("10.5");
    expect(majorText(1000, "USD")).toBe("10");
  });
});

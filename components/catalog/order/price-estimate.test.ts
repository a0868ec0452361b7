import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimatePrice } from "./price-estimate";

const eur = (amountMinor: number) => ({ amountMinor, currency: "EUR" });
const usd = (amountMinor: number) => ({ amountMinor, currency: "USD" });
const range = { faceMin: eur(1_000), faceMax: eur(50_000), priceMin: usd(1_050), priceMax: usd(52_500) };

describe("estimatePrice", () => {
  it("is exact for a fixed product", () => {
    const fixed = { faceMin: eur(1_000), faceMax: eur(1_000), priceMin: usd(970), priceMax: usd(970) };
    expect(estimatePrice(fixed, 1_000, 3)).toEqual({ unit: usd(970), total: usd(2_910), exact: true });
  });

  it("is exact at both ends of a range and an estimate between them", () => {
    expect(estimatePrice(range, 1_000, 1)).toEqual({ unit: usd(1_050), total: usd(1_050), exact: true });
    expect(estimatePrice(range, 50_000, 1)).toEqual({ unit: usd(52_500), total: usd(52_500), exact: true });
    expect(estimatePrice(range, 2_500, 2)).toEqual({ unit: usd(2_625), total: usd(5_250), exact: false });
  });

  it("has no estimate without a price", () => {
    expect(estimatePrice({ ...range, priceMax: null }, 2_500, 1)).toBeNull();
  });

  it("stays between the two known prices", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 50_000 }), fc.integer({ min: 1, max: 500 }), (face, quantity) => {
        const estimate = estimatePrice(range, face, quantity);
        expect(estimate?.unit.amountMinor).toBeGreaterThanOrEqual(1_050);
        expect(estimate?.unit.amountMinor).toBeLessThanOrEqual(52_500);
        expect(estimate?.total.amountMinor).toBe((estimate?.unit.amountMinor ?? 0) * quantity);
      }),
    );
  });
});

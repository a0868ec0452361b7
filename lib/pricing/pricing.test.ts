import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseRule, type PriceRule } from "./choose-rule";
import { priceCard } from "./price-card";
import { checkRates, rateBetween } from "./rates";

const rates = { base: "USD", perBase: { EUR: "0.8", AED: "3.6725", JPY: "150" } };
const fixed = { faceCurrency: "EUR", faceMinMinor: 1000, faceMaxMinor: 1000, costMin: "9", costMax: "9", costCurrency: "EUR" };
const rule = (over: Partial<PriceRule>): PriceRule => ({
  name: "test",
  scope: "default",
  scopeId: null,
  kind: "discount_off_face",
  basisPoints: 300,
  fixedFeeMinor: 0,
  minMarginBasisPoints: 0,
  ...over,
});

describe("priceCard", () => {
  it("takes a discount off the face value in the partner's currency", () => {
    expect(priceCard(fixed, 1000, rule({}), rates, "USD")).toEqual({
      kind: "price",
      unitPriceMinor: 1213,
      discountBasisPoints: 296,
    });
    expect(priceCard(fixed, 1000, rule({}), rates, "EUR")).toEqual({
      kind: "price",
      unitPriceMinor: 970,
      discountBasisPoints: 300,
    });
  });

  it("marks up the cost and adds the fee", () => {
    expect(
      priceCard(fixed, 1000, rule({ kind: "markup_on_cost", basisPoints: 500, fixedFeeMinor: 10 }), rates, "EUR"),
    ).toMatchObject({ unitPriceMinor: 955 });
  });

  it("interpolates the cost of a range and rounds once, in currencies without decimals too", () => {
    const range = { ...fixed, faceMaxMinor: 10_000, costMax: "90" };
    expect(priceCard(range, 5_500, rule({ kind: "markup_on_cost", basisPoints: 100 }), rates, "JPY")).toMatchObject({
      unitPriceMinor: 9374,
    });
  });

  it("refuses to sell below cost plus the margin, or without a rate or a rule", () => {
    expect(priceCard(fixed, 1000, rule({ basisPoints: 1100 }), rates, "EUR").kind).toBe("below_cost");
    expect(priceCard(fixed, 1000, rule({ minMarginBasisPoints: 900 }), rates, "EUR").kind).toBe("below_cost");
    expect(priceCard(fixed, 1000, rule({}), rates, "CHF").kind).toBe("no_price");
    expect(priceCard(fixed, 1000, undefined, rates, "EUR").kind).toBe("no_price");
  });

  it("has no price for what costs nothing, or less at the dear end of a range", () => {
    const range = { ...fixed, faceMaxMinor: 20_000 };
    for (const costs of [{ costMin: "0" }, { costMin: "0.00", costMax: "190" }, { costMin: "4.8", costMax: "0" }])
      for (const kind of ["discount_off_face", "markup_on_cost"] as const)
        for (const faceMinor of [1_000, 19_000])
          expect(priceCard({ ...range, ...costs }, faceMinor, rule({ kind }), rates, "EUR")).toEqual({ kind: "no_price" });
    expect(priceCard({ ...range, costMax: "9" }, 1_000, rule({}), rates, "EUR").kind).toBe("price");
  });

  it("never sells below cost, whatever the rule", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.constantFrom("discount_off_face" as const, "markup_on_cost" as const),
        fc.integer({ min: 0, max: 500 }),
        (basisPoints, kind, fixedFeeMinor) => {
          const price = priceCard(fixed, 1000, rule({ basisPoints, kind, fixedFeeMinor }), rates, "EUR");
          if (price.kind === "price") expect(price.unitPriceMinor).toBeGreaterThanOrEqual(900);
        },
      ),
    );
  });
});

describe("chooseRule", () => {
  const subject = { productId: 7, brandId: "b1", categoryIds: [2, 3] };
  const all = [
    rule({}),
    rule({ scope: "category", scopeId: "3" }),
    rule({ scope: "brand", scopeId: "b1" }),
    rule({ scope: "product", scopeId: "7" }),
  ];

  it("prefers product, then brand, then category, then the default", () => {
    expect(all.map((_, dropped) => chooseRule(all.slice(0, all.length - dropped), subject)?.scope)).toEqual([
      "product",
      "brand",
      "category",
      "default",
    ]);
  });

  it("takes the older of two category rules that cover a brand, in whatever order its categories come", () => {
    const [older, newer] = [rule({ scope: "category", scopeId: "3" }), rule({ scope: "category", scopeId: "2" })];
    for (const categoryIds of [
      [2, 3],
      [3, 2],
    ])
      expect(chooseRule([older, newer], { ...subject, categoryIds })).toBe(older);
  });

  it("finds nothing where nothing covers the product", () => {
    expect(chooseRule([rule({ scope: "brand", scopeId: "other" })], subject)).toBeUndefined();
  });
});

describe("rates", () => {
  it("crosses two currencies over the base", () => {
    expect(rateBetween(rates, "EUR", "AED")).toEqual({ n: 367250n, d: 80000n });
  });

  it("turns a list over that fits the peg upside down, and refuses one that does not fit", () => {
    const inverted = checkRates({ base: "USD", perBase: { AED: "0.272294", EUR: "1.25" } });
    expect(inverted.kind === "usable" && inverted.rates.perBase.EUR).toBe("0.800000000000");
    expect(checkRates({ base: "USD", perBase: { AED: "4.5" } }).kind).toBe("implausible");
    expect(checkRates({ base: "USD", perBase: { EUR: "0.8" } }).kind).toBe("implausible");
    expect(checkRates({ base: "EUR", perBase: { AED: "3.6725" } }).kind).toBe("implausible");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fraction, multiply, toMajor, toMinor } from "@/lib/money";
import type { PriceRule } from "./choose-rule";
import { explainPrice } from "./explain-price";
import { type PricedProduct, priceCard } from "./price-card";

const rates = { base: "USD", perBase: { EUR: "0.8", AED: "3.6725", JPY: "150.123457", KWD: "0.3071" } };
const euros = {
  faceCurrency: "EUR",
  faceMinMinor: 1000,
  faceMaxMinor: 1000,
  costMin: "7.77",
  costMax: "7.77",
  costCurrency: "EUR",
};
const rule = (over: Partial<PriceRule> = {}): PriceRule => ({
  name: "Gaming",
  scope: "default",
  scopeId: null,
  kind: "discount_off_face",
  basisPoints: 300,
  fixedFeeMinor: 0,
  minMarginBasisPoints: 0,
  ...over,
});
const textOf = (over: Partial<PriceRule>, currency: string, product: PricedProduct = euros) =>
  explainPrice(product, 1000, rule(over), rates, currency)?.text;

describe("explainPrice", () => {
  it("tells a discount in the numbers that it was computed with", () => {
    expect(explainPrice(euros, 1000, rule({ fixedFeeMinor: 50 }), rates, "USD")).toEqual({
      text: "12.63 USD = 10.00 EUR × 1.25, less 3 %, plus 0.50 USD, rule: Gaming",
      rule: "Gaming",
      rate: "1.25",
    });
    expect(textOf({}, "USD")).toBe("12.13 USD = 10.00 EUR × 1.25, less 3 %, rule: Gaming");
    expect(textOf({ basisPoints: 250 }, "EUR")).toBe("9.75 EUR = 10.00 EUR, less 2.5 %, rule: Gaming");
    expect(textOf({ basisPoints: 0 }, "EUR")).toBe("10.00 EUR, at the face value of 10.00 EUR, rule: Gaming");
  });

  it("tells a mark-up only by what it comes to", () => {
    const markup = { kind: "markup_on_cost", basisPoints: 1930, fixedFeeMinor: 0, name: "Standard" } as const;
    expect(textOf(markup, "EUR")).toBe("9.27 EUR, 7.3 % below the face value of 10.00 EUR, rule: Standard");
    expect(textOf(markup, "USD")).toBe("11.59 USD, 7.28 % below the face value of 10.00 EUR × 1.25, rule: Standard");
    expect(textOf({ ...markup, basisPoints: 4000 }, "EUR")).toBe(
      "10.88 EUR, 8.8 % above the face value of 10.00 EUR, rule: Standard",
    );
  });

  it("says nothing where there is no price", () => {
    expect(explainPrice(euros, 1000, undefined, rates, "EUR")).toBeNull();
    expect(explainPrice(euros, 1000, rule(), rates, "CHF")).toBeNull();
    expect(explainPrice(euros, 1000, rule({ basisPoints: 5000 }), rates, "EUR")).toBeNull();
  });

  it("shortens an endless rate to six digits, and not where that would lead to another cent", () => {
    const dirhams = { ...euros, faceCurrency: "AED", costMin: "1", costMax: "1", costCurrency: "AED" };
    const of = (faceMinor: number) => explainPrice(dirhams, faceMinor, rule({ basisPoints: 0 }), rates, "USD");
    expect(of(1000)).toMatchObject({ text: "2.72 USD = 10.00 AED × 0.272294, rule: Gaming", rate: "0.27229407760381211709" });
    expect(of(100_000_000_00)?.text).toBe("27229407.76 USD = 100000000.00 AED × 0.2722940776, rule: Gaming");
  });
});

const currency = fc.constantFrom("USD", "EUR", "AED", "JPY", "KWD");
const anyCase = {
  faceCurrency: currency,
  currency,
  faceMinor: fc.integer({ min: 1, max: 50_000_000 }),
  basisPoints: fc.integer({ min: 0, max: 10_000 }),
  fixedFeeMinor: fc.integer({ min: 0, max: 5_000 }),
  cost: fc.integer({ min: 1, max: 99_999 }).map((tenThousandths) => (tenThousandths / 10_000).toFixed(4)),
};
const RUNS = 2_000;
const NEXT_TO_NOTHING = "0.00000000000000000001";

/** "12.63 USD = 10.00 EUR × 1.25, less 3 %, plus 0.50 USD, rule: Gaming" */
const SUM =
  /^(?<price>[\d.]+) (?<in>\w+)(?: =|, at the face value of) (?<face>[\d.]+) \w+(?: × (?<rate>[\d.]+))?(?:, less (?<less>[\d.]+) %)?(?:, plus (?<plus>[\d.]+) \w+)?, rule/;

describe("what a partner reads", () => {
  it("gives the price again where it is a discount, for who computes with the numbers of the text alone", () => {
    let told = 0;
    fc.assert(
      fc.property(fc.record(anyCase), ({ faceCurrency, currency, faceMinor, basisPoints, fixedFeeMinor, cost }) => {
        const product = {
          faceCurrency,
          faceMinMinor: 1,
          faceMaxMinor: 50_000_000,
          costMin: NEXT_TO_NOTHING,
          costMax: cost,
          costCurrency: "USD",
        };
        const given = rule({ basisPoints, fixedFeeMinor });
        const price = priceCard(product, faceMinor, given, rates, currency);
        const text = explainPrice(product, faceMinor, given, rates, currency)?.text;
        expect(text === undefined).toBe(price.kind !== "price");
        if (text === undefined || price.kind !== "price") return;
        const { face = "", rate = "1", less = "0", plus = "0", price: said = "" } = SUM.exec(text)?.groups ?? {};
        const left = { n: fraction("100").n * 100n - BigInt(Math.round(Number(less) * 100)), d: 10_000n };
        const net = toMinor(multiply(multiply(fraction(face), fraction(rate)), left), currency);
        expect(net + toMinor(fraction(plus), currency), text).toBe(price.unitPriceMinor);
        expect(toMinor(fraction(said), currency), text).toBe(price.unitPriceMinor);
        told += 1;
      }),
      { numRuns: RUNS },
    );
    expect(told).toBeGreaterThan(RUNS / 2);
  });

  it("follows from price and face value alone, so that no cost and no mark-up can be read out of it", () => {
    fc.assert(
      fc.property(fc.record(anyCase), ({ faceCurrency, currency, faceMinor, basisPoints, fixedFeeMinor, cost }) => {
        const product = {
          faceCurrency,
          faceMinMinor: 1,
          faceMaxMinor: 50_000_000,
          costMin: cost,
          costMax: cost,
          costCurrency: "USD",
        };
        const kind = basisPoints % 2 === 0 ? "markup_on_cost" : "discount_off_face";
        const given = rule({ kind, basisPoints, fixedFeeMinor });
        const price = priceCard(product, faceMinor, given, rates, currency);
        const told = explainPrice(product, faceMinor, given, rates, currency);
        if (price.kind !== "price" || !told) return;
        // The same price from a cost of next to nothing: by a fee, or by the same discount.
        const cheap = { ...product, costMin: NEXT_TO_NOTHING, costMax: NEXT_TO_NOTHING };
        const other = kind === "discount_off_face" ? given : rule({ kind, basisPoints: 0, fixedFeeMinor: price.unitPriceMinor });
        expect(explainPrice(cheap, faceMinor, other, rates, currency)).toEqual(told);
      }),
      { numRuns: RUNS },
    );
    expect(toMajor(777, "EUR")).toEqual(fraction("7.77"));
    for (const kind of ["markup_on_cost", "discount_off_face"] as const)
      expect(JSON.stringify(explainPrice(euros, 1000, rule({ kind }), rates, "EUR"))).not.toContain("7.77");
  });
});

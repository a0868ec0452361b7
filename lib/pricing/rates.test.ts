import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, divide, fraction, subtract } from "@/lib/money";
import { priceCard } from "./price-card";
import { checkRates, type Rates, rateBetween } from "./rates";

const PEGGED = { AED: "3.6725", SAR: "3.75", QAR: "3.64", BHD: "0.376", OMR: "0.3845" };
const usd = (perBase: Record<string, string>): Rates => ({ base: "USD", perBase });
const good = usd({ ...PEGGED, EUR: "0.871483", XAF: "571.655374", XOF: "571.655374", GBP: "0.7552", JPY: "154.9", INR: "88.61" });

/** As a supplier publishes it that means the other direction: numbers with ten decimals. */
const inverted = ({ base, perBase }: Rates): Rates => ({
  base,
  perBase: Object.fromEntries(
    Object.entries(perBase).map(([code, value]) => [code, String(Number((1 / Number(value)).toFixed(10)))]),
  ),
});

const used = (rates: Rates, last: Rates | null = null) => {
  const checked = checkRates(rates, last);
  if (checked.kind !== "usable") throw new Error(`Refused: ${checked.why}`);
  return checked;
};
const whyNot = (rates: Rates, last: Rates | null = null) => {
  const checked = checkRates(rates, last);
  if (checked.kind !== "implausible") throw new Error("The list was to be refused");
  return checked;
};
const without = ({ base, perBase }: Rates, ...gone: string[]): Rates => ({
  base,
  perBase: Object.fromEntries(Object.entries(perBase).filter(([code]) => !gone.includes(code))),
});
const withRates = ({ base, perBase }: Rates, over: Record<string, string>): Rates => ({ base, perBase: { ...perBase, ...over } });

describe("the direction", () => {
  it("is found by the pegs, and an upside-down list is turned over whole", () => {
    expect(used(good)).toEqual({ kind: "usable", rates: good, turnedOver: false });
    const turned = used(inverted(good));
    expect(turned.turnedOver).toBe(true);
    for (const [code, value] of Object.entries(good.perBase))
      expect(Number(turned.rates.perBase[code]) / Number(value)).toBeCloseTo(1, 5);
  });

  const list = fc
    .record({
      euro: fc.integer({ min: 500_000, max: 1_500_000 }),
      pegs: fc.subarray(["SAR", "QAR", "BHD", "OMR", "XAF", "XOF"]),
      others: fc.dictionary(fc.constantFrom("GBP", "JPY", "INR", "KWD", "VND"), fc.integer({ min: 100, max: 3_000_000_000 })),
      drift: fc.integer({ min: -90, max: 90 }),
    })
    .map(({ euro, pegs, others, drift }) => {
      const off = 1 + drift / 10_000;
      const held: Record<string, number> = { SAR: 3.75, QAR: 3.64, BHD: 0.376, OMR: 0.3845 };
      const perBase: Record<string, string> = { AED: (3.6725 * off).toFixed(8), EUR: (euro / 1e6).toFixed(6) };
      for (const peg of pegs) perBase[peg] = ((held[peg] ?? (655.957 * euro) / 1e6) * off).toFixed(8);
      for (const [code, millionths] of Object.entries(others)) perBase[code] = (millionths / 1e5).toFixed(5);
      return usd(perBase);
    });

  it("makes no difference to any price, whatever the list (property)", () => {
    const product = {
      faceCurrency: "EUR",
      faceMinMinor: 5_000,
      faceMaxMinor: 5_000,
      costMin: "45",
      costMax: "45",
      costCurrency: "EUR",
    };
    const rule = { name: "t", scope: "default", scopeId: null, kind: "markup_on_cost", basisPoints: 300 } as const;
    fc.assert(
      fc.property(list, (rates) => {
        const [straight, turned] = [used(rates), used(inverted(rates))];
        expect([straight.turnedOver, turned.turnedOver]).toEqual([false, true]);
        for (const currency of ["USD", "AED", "EUR"]) {
          const [a, b] = [straight, turned].map((checked) =>
            priceCard(product, 5_000, { ...rule, fixedFeeMinor: 0, minMarginBasisPoints: 0 }, checked.rates, currency),
          );
          if (a?.kind !== "price" || b?.kind !== "price") throw new Error("Both lists price this");
          expect(Math.abs(a.unitPriceMinor - b.unitPriceMinor)).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is never one for some currencies and another for the rest (property)", () => {
    fc.assert(
      fc.property(list, fc.boolean(), (rates, turned) => {
        const sent = turned ? inverted(rates) : rates;
        const mixed = withRates(sent, { SAR: turned ? "3.75" : "0.2666666667", OMR: turned ? "0.3845" : "2.6007802341" });
        expect(checkRates(mixed).kind).toBe("implausible");
      }),
      { numRuns: 200 },
    );
  });

  it("is unknown where as many pegs broke as hold", () => {
    expect(whyNot(usd({ AED: "3.6725", SAR: "5" })).directionKnown).toBe(false);
    expect(whyNot(usd({ AED: "3.6725", QAR: "3.64", SAR: "5" })).directionKnown).toBe(true);
  });

  it("is unknown without any peg, in no direction, or in both", () => {
    for (const [rates, why] of [
      [usd({ EUR: "0.8" }), "nothing tells"],
      [usd({ AED: "4.5" }), "neither direction"],
      [usd({ AED: "3.6725", SAR: "0.2666667" }), "contradicts itself: AED"],
      [{ ...good, base: "EUR" }, "base of EUR"],
    ] as const)
      expect(whyNot(rates)).toMatchObject({ directionKnown: false, why: expect.stringContaining(why), turnedOver: false });
  });

  it("does not save a list that lost a peg, or the required one", () => {
    expect(whyNot(withRates(good, { QAR: "3.70" })).why).toContain("QAR is 3.70, held at 3.64 to one USD");
    expect(whyNot(withRates(good, { AED: "4.1" }))).toMatchObject({
      directionKnown: true,
      why: expect.stringContaining("AED is 4.1"),
    });
    expect(whyNot(inverted(withRates(good, { XAF: "600" })))).toMatchObject({
      turnedOver: true,
      why: expect.stringContaining("XAF"),
    });
    expect(whyNot(without(good, "AED")).why).toContain("no rate for AED");
  });

  it("holds a peg that broke in the list in use to what it was there", () => {
    const broken = withRates(good, { AED: "4.1" });
    expect(used(withRates(broken, { AED: "4.11" }), broken).rates.perBase.AED).toBe("4.11");
    expect(used(inverted(broken), broken).turnedOver).toBe(true);
    expect(whyNot(withRates(broken, { AED: "4.3" }), broken).why).toContain("AED is 4.3");
    expect(used(without(good, "AED"), without(good, "AED")).kind).toBe("usable");
  });
});

describe("what was known before", () => {
  it("moves by a quarter at most", () => {
    expect(used(withRates(good, { GBP: "0.944" }), good).rates.perBase.GBP).toBe("0.944");
    expect(whyNot(withRates(good, { GBP: "0.945" }), good).why).toBe(
      "Moved by more than 25 % since each was last known: GBP by 25.1 % from 0.7552 to 0.945.",
    );
    expect(whyNot(inverted(withRates(good, { JPY: "110" })), good)).toMatchObject({ turnedOver: true, directionKnown: true });
  });

  it("is held to what it was when it comes back after it was missing", () => {
    const last = without(good, "INR");
    expect(used(withRates(last, { INR: "90" }), last).rates.perBase.INR).toBe("90");
    const told = checkRates(withRates(last, { INR: "8.861" }), last, { INR: "88.61", GBP: "9" });
    expect(told).toMatchObject({
      kind: "implausible",
      why: expect.stringMatching(/known: INR by -90.0 % from 88.61 to 8.861\.$/),
    });
  });

  it("may lose one currency in ten, and gain any", () => {
    expect(Object.keys(good.perBase)).toHaveLength(11);
    expect(used(withRates(without(good, "INR"), { KES: "129" }), good).rates.perBase.KES).toBe("129");
    expect(whyNot(without(good, "INR", "JPY"), good).why).toBe("2 of 11 known currencies are missing: JPY, INR.");
  });
});

it("reads small numbers as JSON shows them, and leaves out what is no rate", () => {
  const { rates } = used(withRates(good, { IRR: "4.2e5", BTC: "9.5e-7", ZZZ: "0", XXX: "-1", NaN: "1", YYY: "much", eur: "1" }));
  expect(without(rates, ...Object.keys(good.perBase))).toEqual(usd({ IRR: "420000.000000000000", BTC: "0.000000950000" }));
});

it("crosses two currencies over the base", () => {
  const euroInDirham = rateBetween(usd({ EUR: "0.8", AED: "3.6725" }), "EUR", "AED");
  expect(euroInDirham && compare(subtract(divide(euroInDirham, fraction("4.590625")), fraction(1)), fraction(0))).toBe(0);
  expect(rateBetween(good, "EUR", "ZZZ")).toBeUndefined();
});

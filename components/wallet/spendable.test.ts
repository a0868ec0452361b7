import { describe, expect, it } from "vitest";
import { isLow, spendable } from "./spendable";

const wallet = (available: number, credit: number, currency = "USD") => ({
  currency,
  available: { amountMinor: available, currency },
  held: { amountMinor: 0, currency },
  creditLimit: { amountMinor: credit, currency },
});

describe("spendable", () => {
  it("counts the credit that is left", () => {
    expect(spendable(wallet(500, 0)).amountMinor).toBe(500);
    expect(spendable(wallet(-200, 1_000)).amountMinor).toBe(800);
  });
});

describe("isLow", () => {
  it("is low under one hundred major units, whatever the currency's decimals", () => {
    expect(isLow(wallet(9_999, 0))).toBe(true);
    expect(isLow(wallet(10_000, 0))).toBe(false);
    expect(isLow(wallet(100, 0, "JPY"))).toBe(false);
    expect(isLow(wallet(99, 0, "JPY"))).toBe(true);
  });

  it("is not low while credit remains", () => {
    expect(isLow(wallet(0, 50_000))).toBe(false);
  });
});

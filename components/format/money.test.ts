import { describe, expect, it } from "vitest";
import { formatAmount, formatFace, formatFaceRange, formatMoney, parseAmount, toInputText } from "./money";

const money = (amountMinor: number, currency: string) => ({ amountMinor, currency });
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("money for people", () => {
  it("writes all decimals of the currency and groups thousands", () => {
    expect(formatAmount(money(123_450, "USD"))).toBe("1,234.50");
    expect(formatAmount(money(1_234, "JPY"))).toBe("1,234");
    expect(formatAmount(money(1_234, "KWD"))).toBe("1.234");
    expect(formatAmount(money(-5, "USD"))).toBe("-0.05");
  });

  it("keeps every unit of large amounts", () => {
    expect(formatAmount(money(Number.MAX_SAFE_INTEGER, "USD"))).toBe("90,071,992,547,409.91");
  });

  it("keeps amount and code on one line", () => {
    expect(formatMoney(money(3_000, "USD"))).toBe("30.00\u00a0USD");
  });

  it("writes face values as they are printed", () => {
    expect(plain(formatFace(money(1_000, "EUR")))).toBe("10 EUR");
    expect(plain(formatFace(money(999, "EUR")))).toBe("9.99 EUR");
    expect(plain(formatFaceRange(money(1_000, "EUR"), money(50_000, "EUR")))).toBe("10 – 500 EUR");
    expect(plain(formatFaceRange(money(1_000, "EUR"), money(1_000, "EUR")))).toBe("10 EUR");
  });
});

describe("amounts typed by people", () => {
  it("reads plain and grouped decimals", () => {
    expect(parseAmount("12.5", "USD")).toBe(1_250);
    expect(parseAmount(" 1,234.50 ", "USD")).toBe(123_450);
    expect(parseAmount("100", "JPY")).toBe(100);
    expect(parseAmount("12.", "USD")).toBe(1_200);
  });

  it("refuses what the currency cannot hold", () => {
    for (const text of ["", "abc", "-5", "1.234", "1e3", "1.2.3", "1,5", "12,34", "1,2345"])
      expect(parseAmount(text, "USD"), text).toBeNull();
    expect(parseAmount("1.5", "JPY")).toBeNull();
  });

  it("writes back what it reads", () => {
    for (const minor of [5, 50, 1_000, 1_250, 99_999]) {
      expect(parseAmount(toInputText(money(minor, "USD")), "USD")).toBe(minor);
    }
  });
});

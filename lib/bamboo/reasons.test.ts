import { describe, expect, it } from "vitest";
import { findReason, isReason, REASONS } from "./reasons";

describe("findReason", () => {
  it("takes a code in any field before a sentence in an earlier one", () => {
    expect(findReason({ message: "Not enough funds available", error: "InvalidProduct" })).toBe("InvalidProduct");
  });

  it("takes the most telling of two codes, whatever their order", () => {
    expect(findReason({ code: "InvalidProduct", message: "ProductIsOutOfStock" })).toBe("ProductIsOutOfStock");
  });

  it.each([
    undefined,
    null,
    17,
    "",
    [],
    ["InvalidProduct"],
    {},
    { errors: "InvalidProduct" },
    { message: null },
    "invalidproduct",
  ])("finds none in %j", (body) => {
    expect(findReason(body)).toBeUndefined();
  });
});

describe("the table", () => {
  it("blames only the line for what only the line can cause", () => {
    const lineFaults = Object.entries(REASONS).flatMap(([reason, fault]) => (fault === "line" ? [reason] : []));
    expect(lineFaults).toEqual(["InvalidProductIds", "InvalidProduct", "InvalidDenomination", "ProductIsOutOfStock"]);
  });

  it.each([
    ["WrongAccount", true],
    ["wrongaccount", false],
    ["constructor", false],
    ["__proto__", false],
  ])("isReason(%s) is %s", (text, known) => {
    expect(isReason(text)).toBe(known);
  });
});

import { expect, it } from "vitest";
import { parsePercent, percentText } from "./percent";

it.each([
  ["3", 300],
  ["1.25", 125],
  ["0,5", 50],
  [" 12.5 % ", 1_250],
  ["7.", 700],
  ["0", 0],
])("reads %s", (text, basisPoints) => expect(parsePercent(text)).toBe(basisPoints));

it.each(["", "-3", "1.255", "three", "1e3", "1,000.5", "%"])("refuses %j", (text) => expect(parsePercent(text)).toBeNull());

it("writes what it reads", () => {
  for (const basisPoints of [0, 1, 10, 99, 100, 125, 1_250, 10_000, 100_000])
    expect(parsePercent(percentText(basisPoints))).toBe(basisPoints);
  expect(percentText(-50)).toBe("-0.5");
});

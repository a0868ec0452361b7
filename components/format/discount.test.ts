import { expect, it } from "vitest";
import { formatDiscount } from "./discount";

it.each([
  [300, "3% off"],
  [-150, "1.5% mark-up"],
  [25, "0.25% off"],
  [0, "At face value"],
])("%i basis points", (basisPoints, text) => {
  expect(formatDiscount(basisPoints)).toBe(text);
});

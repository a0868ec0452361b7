import { expect, it } from "vitest";
import { moveWords, rateText } from "./rate-words";

it("writes moves with their sign, to the basis point", () => {
  expect(moveWords(125)).toBe("+1.25%");
  expect(moveWords(-40)).toBe("-0.4%");
  expect(moveWords(0)).toBe("0%");
  expect(moveWords(null)).toBe("new");
});

it("cuts rates without hiding small ones", () => {
  expect(rateText("3.672500000")).toBe("3.6725");
  expect(rateText("1")).toBe("1");
  expect(rateText("150.000000")).toBe("150");
  expect(rateText("0.123456789")).toBe("0.123456");
  expect(rateText("0.00000012")).toBe("0.00000012");
});

import { expect, it } from "vitest";
import { currentMark } from "./current-mark";

it("marks the page itself and the section it is in", () => {
  expect(currentMark("/orders", "/orders")).toBe("page");
  expect(currentMark("/orders/ord_1", "/orders")).toBe("true");
  expect(currentMark("/orders-archive", "/orders")).toBeUndefined();
  expect(currentMark("/wallet", "/orders")).toBeUndefined();
});

import { expect, it } from "vitest";
import { currentMark } from "./current-mark";

it("marks the page itself and the section it is in", () => {
  expect(currentMark("/orders", "/orders")).toBe("page");
  expect(currentMark("/orders/ord_1", "/orders")).toBe("true");
  expect(currentMark("/orders-archive", "/orders")).toBeUndefined();
  expect(currentMark("/wallet", "/orders")).toBeUndefined();
});

it("marks the nearest section only", () => {
  const hrefs = ["/admin", "/admin/stuck"];
  expect(currentMark("/admin/stuck/1", "/admin/stuck", hrefs)).toBe("true");
  expect(currentMark("/admin/stuck", "/admin", hrefs)).toBeUndefined();
  expect(currentMark("/admin/other", "/admin", hrefs)).toBe("true");
  expect(currentMark("/admin", "/admin", hrefs)).toBe("page");
});

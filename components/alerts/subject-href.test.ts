import { expect, it } from "vitest";
import { subjectHref } from "./subject-href";

it("leads to a purchase, to the supplier, and nowhere for other subjects", () => {
  expect(subjectHref("dispatch:018f4a52-7c11-7abc-8def-0123456789ab")).toBe("/admin/stuck/018f4a52-7c11-7abc-8def-0123456789ab");
  expect(subjectHref("dispatch:../a?b")).toBe("/admin/stuck/..%2Fa%3Fb");
  expect(subjectHref("supplier:placeOrder")).toBe("/admin/supplier");
  expect(subjectHref("partner:1")).toBeNull();
});

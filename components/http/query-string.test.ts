import { expect, it } from "vitest";
import { queryString } from "./query-string";

it("leaves out what is not set and escapes the rest", () => {
  expect(queryString({ search: "a&b", category: 3, inStock: true, cursor: null, country: undefined, currency: "" })).toBe(
    "?search=a%26b&category=3&inStock=true",
  );
  expect(queryString({ cursor: null })).toBe("");
});

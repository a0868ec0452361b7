import { expect, test } from "vitest";
import { brandsQuery, productsQuery } from "./schemas";

/** What the database would answer with an error that is nobody's to read. */
test.each([
  ["category", "2147483648"],
  ["category", "1.5"],
  ["category", "-1"],
  ["country", "U\0"],
  ["country", "USA"],
  ["currency", "US\0"],
  ["currency", "US"],
  ["brand", "9\u0000"],
  ["brand", "9".repeat(41)],
  ["search", "a\0"],
  ["priceToMinor", "1e20"],
])("%s=%j is refused before anything is asked", (field, value) => {
  expect(productsQuery.safeParse({ [field]: value }).error?.issues.map(({ path }) => path)).toEqual([[field]]);
});

test("codes are taken in either case, and the supplier's code for everywhere", () => {
  for (const country of ["us", "US", "GLC", "glc"]) expect(brandsQuery.safeParse({ country }).success).toBe(true);
  expect(brandsQuery.safeParse({ currency: "usd", faceFromMinor: "1", category: "2147483647" }).success).toBe(true);
});

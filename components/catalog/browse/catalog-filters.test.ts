import { expect, it } from "vitest";
import { activeFilters, type CatalogFilters, toQuery, without } from "./catalog-filters";

const none: CatalogFilters = {
  search: "",
  category: null,
  country: null,
  currency: null,
  inStock: false,
  priceFromMinor: null,
  priceToMinor: null,
  faceFromMinor: null,
  faceToMinor: null,
  onlyBrand: null,
};

it("counts a range once and the search not at all", () => {
  const filters = { ...none, search: "steam", priceFromMinor: 100, priceToMinor: 900, inStock: true };
  expect(activeFilters(filters)).toEqual(["price", "inStock"]);
  expect(activeFilters(none)).toEqual([]);
});

it("leaves a face range without its currency out, of the count and of the query", () => {
  const filters = { ...none, faceFromMinor: 1_000 };
  expect(activeFilters(filters)).toEqual([]);
  expect(toQuery(filters)).not.toHaveProperty("faceFromMinor");
  expect(toQuery({ ...filters, currency: "EUR" })).toMatchObject({ currency: "EUR", faceFromMinor: 1_000 });
});

it("takes the face range off with its currency", () => {
  const filters = { ...none, currency: "EUR", faceToMinor: 5_000 };
  expect(activeFilters({ ...filters, ...without("currency") })).toEqual([]);
  expect(activeFilters({ ...filters, ...without("face") })).toEqual(["currency"]);
});

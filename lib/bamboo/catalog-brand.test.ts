import { expect, test } from "vitest";
import { readBrands } from "./catalog-brand";

const product = (over: object = {}) => ({
  id: 500_101,
  name: "Example 10",
  minFaceValue: 10.0,
  maxFaceValue: 10.0,
  count: null,
  price: { min: 9.47005, max: "9.5", currencyCode: "usd" },
  ...over,
});
const brand = (over: object = {}) => ({
  internalId: 1020,
  name: "Example",
  countryCode: "DE",
  currencyCode: "EUR",
  products: [product()],
  categories: [{ id: 2, name: "Gaming" }, "Music"],
  ...over,
});

function only(over: object) {
  const read = readBrands([brand(over)]);
  if (!read.ok || !read.brands[0]) throw new Error(read.ok ? "no brand" : read.why);
  return read.brands[0];
}

const onlyProduct = (over: object) => only({ products: [product(over)] }).products[0];

test("prices stay decimal text, faces become minor units, and what is missing is null", () => {
  expect(only({})).toEqual({
    id: "1020",
    name: "Example",
    countryCode: "DE",
    currency: "EUR",
    logoUrl: null,
    description: null,
    redemptionInstructions: null,
    terms: null,
    categories: [{ id: 2, name: "Gaming" }],
    products: [
      {
        id: 500_101,
        name: "Example 10",
        faceMinMinor: 1_000,
        faceMaxMinor: 1_000,
        costMin: "9.47005",
        costMax: "9.5",
        costCurrency: "USD",
        stock: null,
        inactive: false,
      },
    ],
    unreadable: [],
  });
});

test.each([
  [{}, false],
  [{ status: "Live" }, false],
  [{ status: " ACTIVE" }, false],
  [{ status: null, isDeleted: null }, false],
  [{ status: "TemporaryInactive" }, true],
  [{ status: "Live", isDeleted: true }, true],
])("%j is inactive: %s", (over, inactive) => {
  expect(onlyProduct(over)?.inactive).toBe(inactive);
});

test.each([
  ["no exact minor unit", { minFaceValue: 10.001 }],
  ["no face value", { minFaceValue: 0 }],
  ["its ends turned round", { minFaceValue: 20 }],
  ["a cost in no currency", { price: { min: 1, max: 1, currencyCode: "points" } }],
])("a product with %s is left out, and its brand stays", (_, over) => {
  expect(only({ products: [product(over), product({ id: 2 })] }).products.map(({ id }) => id)).toEqual([2]);
});

test("stock is a count that the table can hold", () => {
  expect([-3, 0, 2.7, 1e12].map((count) => onlyProduct({ count })?.stock)).toEqual([0, 0, 2, 2_147_483_647]);
});

test.each(["javascript:alert(1)", "data:image/svg+xml,<svg/>", "//x", "https://", `https://x/${"a".repeat(2_000)}`])(
  "%s is no picture",
  (logoUrl) => {
    expect(only({ logoUrl }).logoUrl).toBeNull();
  },
);

test.each([
  ["a price that is none", { price: { min: "NaN", max: 1, currencyCode: "USD" } }, 500_101],
  ["a price below zero", { price: { min: -1, max: 1, currencyCode: "USD" } }, 500_101],
  ["a price beyond all measure", { price: { min: 1e300, max: 1, currencyCode: "USD" } }, 500_101],
  ["no name", { id: "500101", name: null }, 500_101],
  ["no id", { id: null }, null],
])("a product with %s is told as unreadable, and keeps no other back", (_, over, id) => {
  const { products, unreadable } = only({ products: [product(over), product({ id: 2 })] });
  expect([products.map((one) => one.id), unreadable]).toEqual([[2], [id]]);
});

test.each([
  ["no id", { internalId: undefined }],
  ["an empty id", { internalId: " " }],
  ["no currency", { currencyCode: null }],
])("a brand with %s makes the answer unusable, as its place in it is told", (_, over) => {
  expect(readBrands([brand(), brand(over)])).toEqual({ ok: false, why: expect.stringMatching(/do not parse: 1\./) });
});

test("a cost of nothing, or one that falls along a range, is not sold", () => {
  const range = { minFaceValue: 5, maxFaceValue: 200 };
  const inactive = (min: number, max: number) => onlyProduct({ ...range, price: { min, max, currencyCode: "EUR" } })?.inactive;
  expect([inactive(0, 0), inactive(0, 190), inactive(4.8, 0), inactive(4.8, 4.7), inactive(4.8, 190)]).toEqual([
    ...Array.from({ length: 4 }, () => true),
    false,
  ]);
});

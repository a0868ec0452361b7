import { expect, it } from "vitest";
import type { Product } from "@/lib/catalog/schemas";
import { byFace, firstOf, needNames } from "./denominations";

const usd = (amountMinor: number) => ({ amountMinor, currency: "USD" });
const product = (id: number, min: number, max = min): Product => ({
  id,
  name: `Card ${id}`,
  brand: { id: "b", name: "Brand", logoUrl: null, countryCode: null },
  categories: [],
  kind: min === max ? "fixed" : "range",
  faceMin: usd(min),
  faceMax: usd(max),
  priceMin: null,
  priceMax: null,
  discountBasisPoints: null,
  stock: null,
  unavailable: null,
});
const ids = (products: readonly Product[]) => products.map(({ id }) => id);

it("sorts by face value as a number, ranges last", () => {
  expect(ids(byFace([product(1, 100, 500), product(2, 10_000), product(3, 2_000), product(4, 500)]))).toEqual([4, 3, 2, 1]);
});

it("asks for names only where two look alike", () => {
  expect(needNames([product(1, 500), product(2, 1_000), product(3, 500, 1_000)])).toBe(false);
  expect(needNames([product(1, 500), product(2, 500)])).toBe(true);
});

it("keeps the chosen one in sight", () => {
  const products = [1, 2, 3, 4].map((id) => product(id, id * 100));
  expect(ids(firstOf(products, 2, 4))).toEqual([1, 2, 4]);
  expect(ids(firstOf(products, 2, 1))).toEqual([1, 2]);
});

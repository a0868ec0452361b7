import { describe, expect, it } from "vitest";
import type { BrandDetail, Product, ProductDetail } from "@/lib/catalog/schemas";
import { shelfOf } from "./shelf-of";

const ref = { id: "7", name: "Example", logoUrl: null, countryCode: null };
const texts = { description: null, redemptionInstructions: null, terms: null };
const freshness = { asOf: null, nextRefreshAt: "2026-01-01T00:00:00.000Z" };
const face = { amountMinor: 1_000, currency: "USD" };

const listed = (id: number): Product => ({
  id,
  name: `Card ${id}`,
  brand: ref,
  categories: [],
  kind: "fixed",
  faceMin: face,
  faceMax: face,
  priceMin: null,
  priceMax: null,
  discountBasisPoints: null,
  stock: null,
  unavailable: null,
});
const alone = (id: number): ProductDetail => ({ ...listed(id), ...texts, ...freshness, explanation: null });
const brand: BrandDetail = { ...ref, ...texts, ...freshness, currency: "USD", categories: [], products: [listed(1), listed(2)] };

const idsOf = (shelf: BrandDetail | null) => shelf?.products.map(({ id }) => id) ?? null;

describe("a product that is named", () => {
  const known = { brand, productId: 3, single: undefined, before: undefined };

  it("and is not known shows nothing, never another of its brand", () => {
    expect(shelfOf(known)).toBeNull();
    expect(shelfOf({ ...known, before: listed(4) })).toBeNull();
    expect(shelfOf({ ...known, brand: undefined, before: listed(3) })).toBeNull();
  });

  it("stands among its brand's, read by itself or as it was listed last", () => {
    expect(idsOf(shelfOf({ ...known, single: alone(3) }))).toEqual([1, 2, 3]);
    expect(idsOf(shelfOf({ ...known, before: listed(3) }))).toEqual([1, 2, 3]);
    expect(shelfOf({ ...known, productId: 2 })).toBe(brand);
  });

  it("stands alone where its brand is closed", () => {
    expect(shelfOf({ ...known, brand: undefined, single: alone(3) })).toMatchObject({ name: "Example", products: [{ id: 3 }] });
  });
});

it("a brand by itself is as it was read", () => {
  expect(shelfOf({ brand, productId: null, single: undefined, before: undefined })).toBe(brand);
  expect(shelfOf({ brand: undefined, productId: null, single: undefined, before: undefined })).toBeNull();
});

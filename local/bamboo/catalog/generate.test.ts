import { describe, expect, test } from "vitest";
import { magicProducts, sandboxBrand } from "../magic";
import { Catalog, DEFAULT_BRANDS } from "./catalog";
import { generateBrands } from "./generate";

const brands = generateBrands({ seed: 1, brands: DEFAULT_BRANDS });
const products = brands.flatMap((brand) => brand.products);

describe("the invented catalogue", () => {
  test("is as large and as varied as the real one", () => {
    expect(brands.length).toBeGreaterThanOrEqual(300);
    expect(products.length).toBeGreaterThanOrEqual(8000);
    expect(new Set(brands.map((brand) => brand.countryCode)).size).toBeGreaterThanOrEqual(40);
    expect(new Set(brands.map((brand) => brand.currencyCode)).size).toBeGreaterThanOrEqual(25);
    expect(brands.some((brand) => brand.countryCode === "GLC")).toBe(true);
    expect(brands.some((brand) => brand.description?.includes("<script>"))).toBe(true);
    for (const text of ["", null]) expect(brands.some((brand) => brand.description === text)).toBe(true);
    expect(brands.some((brand) => !brand.hasLogo)).toBe(true);
  });

  test("has fixed and range products, in and out of stock, some priced in another currency", () => {
    const currencies = new Map(brands.map((brand) => [brand.id, brand.currencyCode]));
    expect(products.filter((product) => product.minFace < product.maxFace).length).toBeGreaterThan(100);
    expect(products.some((product) => product.count === null)).toBe(true);
    expect(products.some((product) => product.count === 0)).toBe(true);
    expect(products.some((product) => (product.count ?? 0) > 0)).toBe(true);
    expect(products.some((product) => product.priceCurrency !== currencies.get(product.brandId))).toBe(true);
  });

  test("prices are whole units, positive, and at most 12 % below the face value in its own currency", () => {
    for (const brand of brands) {
      for (const product of brand.products) {
        expect(Number.isSafeInteger(product.priceMin) && product.priceMin > 0 && product.priceMin <= product.priceMax).toBe(true);
        if (product.priceCurrency !== brand.currencyCode) continue;
        expect(product.priceMin).toBeLessThanOrEqual(product.minFace);
        expect(product.priceMin).toBeGreaterThanOrEqual(Math.floor(product.minFace * 0.88));
      }
    }
  });

  test("is the same for the same seed and another for another", () => {
    expect(generateBrands({ seed: 1, brands: 30 })).toEqual(generateBrands({ seed: 1, brands: 30 }));
    expect(generateBrands({ seed: 2, brands: 30 })).not.toEqual(generateBrands({ seed: 1, brands: 30 }));
  });

  test("has no id and no SKU twice, and keeps clear of the magic ones", () => {
    const catalog = new Catalog({ seed: 1, brands: DEFAULT_BRANDS }, () => "");
    const ids = catalog.brands.flatMap((brand) => brand.products.map((product) => product.id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(catalog.brands.map((brand) => brand.sku)).size).toBe(catalog.brands.length);
    expect(catalog.brands[0]?.products.map((product) => product.id)).toEqual(
      Object.values(magicProducts).map((magic) => magic.id),
    );
    expect(catalog.brands.filter((brand) => brand.id === sandboxBrand.id)).toHaveLength(1);
  });
});

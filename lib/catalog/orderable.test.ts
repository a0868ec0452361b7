import { describe, expect, it, test } from "vitest";
import type { CardPrice } from "@/lib/pricing";
import { CATALOG_STALE_MS, isCatalogStale, type OrderableProduct, refusal, unavailableReason } from "./orderable";
import { UNAVAILABLE_REASONS, type UnavailableReason } from "./schemas";

const PRODUCT: OrderableProduct = {
  productId: 7,
  name: "Example 10 USD",
  brandId: "900",
  brandName: "Example",
  logoUrl: null,
  faceCurrency: "USD",
  faceMinMinor: 1_000,
  faceMaxMinor: 1_000,
  costMin: "9",
  costMax: "9",
  costCurrency: "USD",
  stock: null,
  withdrawn: false,
  inactive: false,
  brandOff: false,
  categoryIds: [],
};

/** Everything that can stand in the way; of the price, one thing at a time. */
const OBSTACLES = UNAVAILABLE_REASONS.slice(0, 7);
const PRICES: readonly CardPrice["kind"][] = ["price", "no_price", "below_cost"];
/** Every set of them, as the bits of a number. */
const SETS = Array.from({ length: 2 ** OBSTACLES.length }, (_, bits) => OBSTACLES.filter((_, at) => bits & (1 << at)));

function factsOf(obstacles: readonly UnavailableReason[]) {
  const has = (reason: UnavailableReason) => obstacles.includes(reason);
  return {
    product: {
      ...PRODUCT,
      withdrawn: has("withdrawn"),
      brandOff: has("brand_off"),
      inactive: has("inactive"),
      stock: has("out_of_stock") ? 0 : null,
    },
    prices: { allows: () => !has("not_allowed"), ratesTooOld: () => has("stale_rates") },
    stale: has("stale_catalogue"),
  };
}

test("of all that stands in the way, the first in the list is told, in every combination", () => {
  for (const obstacles of SETS)
    for (const price of PRICES) {
      const { product, prices, stale } = factsOf(obstacles);
      const all = price === "price" ? obstacles : [...obstacles, price];
      const first = UNAVAILABLE_REASONS.find((reason) => all.includes(reason)) ?? null;
      expect(unavailableReason(product, prices, price, stale), all.join(", ")).toBe(first);
      expect(refusal(product, prices, price, 1, stale) === null, all.join(", ")).toBe(first === null);
    }
});

describe("the sentence", () => {
  it.each(UNAVAILABLE_REASONS)("for %s names the product and what to do", (reason) => {
    const price = PRICES.find((kind) => kind === reason) ?? "price";
    const { product, prices, stale } = factsOf([reason]);
    const told = refusal(product, prices, price, 1, stale);
    expect(told).toMatch(/^Example 10 USD .+; (ask your account manager|look again|it opens again|choose another).*\.$/);
  });

  it("for more than there is says how many there are", () => {
    const { prices } = factsOf([]);
    const told = (stock: number | null, quantity: number) => refusal({ ...PRODUCT, stock }, prices, "price", quantity, false);
    expect([told(2, 2), told(null, 500)]).toEqual([null, null]);
    expect(told(2, 3)).toBe("Only 2 of Example 10 USD are in stock; order 2 or fewer.");
  });
});

test("a catalogue that was never read in full is stale, and one that was read longer ago than its time", () => {
  const at = Date.parse("2026-11-23T12:00:00.000Z");
  const standing = (completedAt: string | null) => ({ version: 1, completedAt });
  expect(isCatalogStale(standing(null), at)).toBe(true);
  expect(isCatalogStale(standing(new Date(at - CATALOG_STALE_MS).toISOString()), at)).toBe(false);
  expect(isCatalogStale(standing(new Date(at - CATALOG_STALE_MS - 1).toISOString()), at)).toBe(true);
});

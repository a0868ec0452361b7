import { expect, test } from "vitest";
import { priceListOf } from "@/lib/pricing";
import type { BrandFacts, ProductFacts } from "./product-facts";
import { toBrand } from "./to-brand";
import { offerOf } from "./to-product";

const NOW = Date.parse("2026-11-23T12:00:00.000Z");
const BRAND: BrandFacts = {
  id: "900",
  name: "Example",
  logoUrl: null,
  countryCode: null,
  currency: "USD",
  off: false,
  categories: [],
};
const RANGE: ProductFacts = {
  id: 7,
  name: "Example",
  faceCurrency: "USD",
  faceMinMinor: 1_000,
  faceMaxMinor: 10_000,
  costMin: "9",
  costMax: "90",
  costCurrency: "USD",
  stock: null,
  withdrawn: false,
  inactive: false,
};
/** Face value less 5 %, on everything. */
const PRICES = priceListOf(
  {
    settings: {
      currency: "USD",
      listedOnly: false,
      allowances: [],
      rules: [
        {
          name: "all",
          scope: "default",
          scopeId: null,
          kind: "discount_off_face",
          basisPoints: 500,
          fixedFeeMinor: 0,
          minMarginBasisPoints: 0,
        },
      ],
    },
    rates: null,
  },
  NOW,
);
const usd = (amountMinor: number) => ({ amountMinor, currency: "USD" });
const offered = (costMin: string, costMax: string) => offerOf({ ...RANGE, costMin, costMax }, BRAND, PRICES, false);

test.each([
  ["both ends", "9", "90", { priceMin: usd(950), priceMax: usd(9_500), discountBasisPoints: 500, unavailable: null }],
  ["the upper end", "9.8", "90", { priceMin: null, priceMax: usd(9_500), discountBasisPoints: 500, unavailable: null }],
  ["the lower end", "9", "98", { priceMin: usd(950), priceMax: null, discountBasisPoints: 500, unavailable: null }],
  ["neither end", "9.8", "98", { priceMin: null, priceMax: null, discountBasisPoints: null, unavailable: "below_cost" }],
])("of a range %s can be ordered", (_, costMin, costMax, offer) => {
  expect(offered(costMin, costMax)).toMatchObject(offer);
});

test("a brand's lowest price is of what can be ordered, be it the upper end of a range", () => {
  expect(toBrand(BRAND, [offered("9.8", "90")])).toMatchObject({ orderable: 1, priceFrom: usd(9_500), unavailable: null });
});

import { expect, test } from "vitest";
import type { PriceRule } from "@/lib/pricing";
import { ruleChooser } from "@/lib/pricing";
import { compareRules } from "./compare-rules";
import { judgeProduct } from "./judge-card";
import type { LiveProduct } from "./load-live-products";
import type { Terms } from "./load-terms";

const rule = (over: Partial<PriceRule> = {}): PriceRule => ({
  name: "test",
  scope: "default",
  scopeId: null,
  kind: "discount_off_face",
  basisPoints: 500,
  fixedFeeMinor: 0,
  minMarginBasisPoints: 0,
  ...over,
});
/** From 10 at a cost of 9 to 100 at a cost of 96, in euros. */
const range = (over: Partial<LiveProduct> = {}): LiveProduct => ({
  productId: 1,
  name: "Card",
  brandId: "a",
  brandName: "Example",
  categoryIds: [],
  faceCurrency: "EUR",
  faceMinMinor: 1_000,
  faceMaxMinor: 10_000,
  costMin: "9",
  costMax: "96",
  costCurrency: "EUR",
  onSale: true,
  ...over,
});
const terms: Terms = { currency: "USD", rates: { base: "USD", perBase: { EUR: "0.8" } }, rules: [], allows: () => true };

test("a range is judged by the end with the least margin, in the partner's currency", () => {
  expect(judgeProduct(range(), rule(), terms.rates, "USD")).toEqual({
    faceMinor: 10_000,
    costMinor: 12_000,
    askedMinor: 11_875,
    priceMinor: null,
    marginBasisPoints: -104,
    belowMargin: true,
  });
  expect(judgeProduct(range({ costMax: "90" }), rule(), terms.rates, "USD")).toMatchObject({ marginBasisPoints: 556 });
});

test("without a rule or a rate there is nothing to judge; what would be free is under its margin", () => {
  const nothing = { askedMinor: null, priceMinor: null, belowMargin: false };
  expect(judgeProduct(range(), undefined, terms.rates, "USD")).toMatchObject(nothing);
  expect(judgeProduct(range(), rule(), terms.rates, "AED")).toMatchObject(nothing);
  expect(judgeProduct(range(), rule({ basisPoints: 10_000 }), terms.rates, "EUR")).toMatchObject({
    askedMinor: 0,
    priceMinor: null,
    belowMargin: true,
  });
});

test("of many rules the most specific is chosen, of two categories the older", () => {
  const rules = [
    rule({ name: "default" }),
    ...Array.from({ length: 300 }, (_, id) => rule({ name: `product ${id}`, scope: "product", scopeId: String(id) })),
    rule({ name: "older", scope: "category", scopeId: "7" }),
    rule({ name: "newer", scope: "category", scopeId: "8" }),
    rule({ name: "brand", scope: "brand", scopeId: "b" }),
  ];
  const chosen = (over: Partial<LiveProduct>) => ruleChooser(rules)(range({ productId: 999, ...over }))?.name;
  expect(chosen({ productId: 250, brandId: "b", categoryIds: [8] })).toBe("product 250");
  expect(chosen({ brandId: "b", categoryIds: [8, 7] })).toBe("brand");
  expect(chosen({ categoryIds: [8, 7] })).toBe("older");
  expect(chosen({})).toBe("default");
  expect(ruleChooser([])(range())).toBeUndefined();
});

test("a preview counts what the partner may see, lists the worst margins first, and at most fifty", async () => {
  const products = Array.from({ length: 400 }, (_, id) =>
    range({ productId: id, brandId: id % 2 === 0 ? "a" : "b", faceMaxMinor: 1_000, costMin: String(8 + (id % 100) / 100) }),
  );
  const [now, asked] = [rule(), rule({ name: "asked", scope: "brand", scopeId: "b", basisPoints: 1_600 })];
  const seen = { ...terms, allows: ({ productId }: { productId: number }) => productId < 300 };
  const rules = { before: [now], after: [now, asked], asked };
  const preview = await compareRules(products, seen, rules, { show: "covered" });
  // 8.40 is asked, so costs of 8.41 and more are under it: 8.41 to 8.99 with an odd number are 30 of each hundred.
  expect(preview).toMatchObject({ products: 300, covered: 150, cheaper: 150, dearer: 0, belowMarginNow: 0, belowMarginThen: 90 });
  expect(preview.items).toHaveLength(50);
  const margins = preview.items.map(({ marginBasisPoints }) => marginBasisPoints ?? 0);
  expect(margins).toEqual([...margins].sort((a, b) => a - b));
  expect((await compareRules(products, seen, rules, { show: "below_margin", search: "example  CARD" })).items[0]).toMatchObject({
    productId: 99,
    belowMargin: true,
  });
  expect((await compareRules(products, seen, rules, { show: "covered", search: "other" })).items).toEqual([]);
});

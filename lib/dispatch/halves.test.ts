import fc from "fast-check";
import { expect, test } from "vitest";
import { halvesOf, partsOf } from "./halves";

const shares = fc
  .uniqueArray(
    fc.record({ orderLineId: fc.uuid(), productId: fc.integer({ min: 1, max: 9 }), faceMinor: fc.constantFrom(500, 1_000) }),
    {
      selector: ({ orderLineId }) => orderLineId,
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((all) => [...all]);
const products = (some: readonly { productId: number; faceMinor: number }[]) =>
  new Set(some.map(({ productId, faceMinor }) => `${productId}:${faceMinor}`));

test("halves hold every share once, in the same order, and no product twice", () => {
  fc.assert(
    fc.property(shares, (all) => {
      const halves = halvesOf(all);
      if (products(all).size < 2) {
        expect(halves).toEqual([]);
        return;
      }
      expect(halves).toHaveLength(2);
      for (const half of halves) expect(half).toEqual(all.filter((share) => half.includes(share)));
      expect(halves.flat().length).toBe(all.length);
      const [first, second] = halves.map(products);
      expect([...(first ?? [])].filter((product) => second?.has(product))).toEqual([]);
      expect(Math.abs((first?.size ?? 0) - (second?.size ?? 0))).toBeLessThanOrEqual(1);
    }),
  );
});

test("one product at fault among n is alone after at most ceil(log2 n) halvings", () => {
  fc.assert(
    fc.property(shares, fc.nat(), (all, pick) => {
      const bad = all[pick % all.length];
      const isBad = (share: (typeof all)[number]) => share.productId === bad?.productId && share.faceMinor === bad?.faceMinor;
      let part = all;
      let halvings = 0;
      for (; products(part).size > 1; halvings++) part = halvesOf(part).find((half) => half.some(isBad)) ?? [];
      expect(part).toEqual(all.filter(isBad));
      expect(halvings).toBeLessThanOrEqual(Math.ceil(Math.log2(products(all).size)));
    }),
  );
});

test("parts are all that halving can lead to: two less than twice the products", () => {
  fc.assert(
    fc.property(shares, (all) => {
      expect(partsOf(all)).toHaveLength(2 * products(all).size - 2);
    }),
  );
});

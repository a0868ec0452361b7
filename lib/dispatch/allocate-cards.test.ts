import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateCards } from "./allocate-cards";

const line = (id: string, productId: number, quantities: number[]) => ({
  id,
  productId,
  faceMinor: 1000,
  faceCurrency: "USD",
  allocations: quantities.map((quantity, position) => ({ orderLineId: `${id}-${position}`, position, quantity })),
});

describe("allocateCards", () => {
  it("lets a shortage fall on the last claimed", () => {
    const { deliveries, leftOver } = allocateCards(
      [line("a", 1, [2, 3])],
      [{ productId: 1, faceValue: "10.00", cards: ["x", "y", "z"] }],
    );
    expect(deliveries.map(({ cards }) => cards)).toEqual([["x", "y"], ["z"]]);
    expect(leftOver).toEqual([]);
  });

  it("keeps cards of another product or face value away from the line", () => {
    const { deliveries, leftOver } = allocateCards(
      [line("a", 1, [1])],
      [
        { productId: 2, faceValue: "10", cards: ["x"] },
        { productId: 1, faceValue: "20", cards: ["y"] },
      ],
    );
    expect(deliveries[0]?.cards).toEqual([]);
    expect(leftOver).toEqual(["x", "y"]);
  });

  it("hands each card out once and nobody more than they ordered", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat({ max: 20 }), { maxLength: 4 }),
        (shapes, counts) => {
          const lines = shapes.map((quantities, index) => line(`l${index}`, index, quantities));
          const items = counts.map((count, index) => ({
            productId: index,
            faceValue: "10",
            cards: Array.from({ length: count }, (_, card) => `${index}-${card}`),
          }));
          const { deliveries, leftOver } = allocateCards(lines, items);
          const all = [...deliveries.flatMap(({ cards }) => cards), ...leftOver];
          expect(new Set(all).size).toBe(all.length);
          expect(all.length).toBe(counts.reduce((sum, count) => sum + count, 0));
          for (const { cards, quantity } of deliveries) expect(cards.length).toBeLessThanOrEqual(quantity);
        },
      ),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EstimateFacts, estimate, type Pace, type WaitingProduct } from "./estimate";

const PACE: Pace = {
  toSettledMs: Array.from({ length: 41 }, (_, step) => 2_000 + step * 100),
  toClaimedMs: 100,
  slotMs: 500,
  cardsPerDispatch: 100,
  cardsPerOrder: 2,
  waitingOrders: 0,
};
const product = (change: Partial<WaitingProduct> = {}): WaitingProduct => ({
  productId: 7,
  usedAgoMs: [],
  ownCardsAhead: 0,
  othersCards: [],
  capped: false,
  ...change,
});
const FACTS: EstimateFacts = {
  pace: PACE,
  silent: false,
  ordersAhead: 0,
  heavy: false,
  products: [product()],
  boughtAgoMs: [],
  limits: { productLimit: 6, productWindowMs: 60_000 },
};

function interval(change: Partial<EstimateFacts> = {}) {
  const told = estimate({ ...FACTS, ...change });
  if (told.kind === "none") throw new Error(`No estimate: ${told.because}`);
  return told;
}

describe("estimate", () => {
  it("is the start, at most one slot, and most of the times to settle, where nothing is ahead", () => {
    const { fromMs, byMs, waitsFor } = interval();
    expect({ fromMs, waitsFor }).toEqual({ fromMs: 2_100, waitsFor: "turn" });
    expect(byMs).toBe(100 + 500 + 2_000 + 0.93 * 4_000);
  });

  it("says why where nothing honest can be said", () => {
    expect(estimate({ ...FACTS, silent: true })).toEqual({ kind: "none", because: "supplier_silent" });
    expect(estimate({ ...FACTS, pace: { ...PACE, toSettledMs: [] } })).toEqual({ kind: "none", because: "not_learned" });
    expect(estimate({ ...FACTS, pace: null })).toEqual({ kind: "none", because: "not_learned" });
    expect(estimate({ ...FACTS, products: [], boughtAgoMs: [60_000] })).toEqual({ kind: "none", because: "overdue" });
  });

  it("waits for a hot product's pace, and names it", () => {
    const hot = product({ productId: 9, usedAgoMs: [1_000, 11_000, 21_000, 31_000, 41_000, 51_000] });
    const { fromMs, waitsFor, productId } = interval({ products: [product(), hot] });
    expect({ fromMs, waitsFor, productId }).toEqual({ fromMs: 9_000 + 2_000, waitsFor: "product", productId: 9 });
  });

  it("lets a partner with much waiting wait for a wider pace than others", () => {
    const products = [product({ usedAgoMs: [1_000, 15_000, 29_000, 43_000] })];
    expect(interval({ products, heavy: true }).byMs).toBeGreaterThan(interval({ products }).byMs);
    expect(interval({ products, heavy: true }).fromMs).toBe(interval({ products }).fromMs);
  });

  it("reaches from what was counted to all that waits, where counting stopped", () => {
    const pace = { ...PACE, waitingOrders: 5_000 };
    const orders = (ordersAhead: number) => interval({ pace, ordersAhead });
    expect(orders(1_000).fromMs).toBe(orders(999).fromMs + 500);
    expect(orders(1_000).byMs - orders(999).byMs).toBe((100 - 19) * 500);
    const cards = (capped: boolean) => interval({ pace, products: [product({ ownCardsAhead: 900, capped })] });
    expect(cards(true).fromMs).toBe(cards(false).fromMs);
    expect(cards(true).byMs - cards(false).byMs).toBe((100 - 9) * 10_000);
  });

  it("counts a purchase on its way by its age, and the supplier's silence does not touch it", () => {
    const { fromMs, byMs, waitsFor } = interval({ products: [], boughtAgoMs: [3_000], silent: true });
    expect(waitsFor).toBe("delivery");
    expect(fromMs).toBe(0);
    expect(byMs).toBeLessThanOrEqual(3_000);
  });

  it("is settled with the last of its parts", () => {
    const both = interval({ boughtAgoMs: [1_000] });
    expect(both.byMs).toBe(interval().byMs);
  });

  const anyProduct = fc.record({
    productId: fc.integer({ min: 1, max: 9 }),
    usedAgoMs: fc.array(fc.integer({ min: 0, max: 70_000 }), { maxLength: 8 }).map((ages) => ages.sort((a, b) => a - b)),
    ownCardsAhead: fc.integer({ min: 0, max: 2_000 }),
    othersCards: fc.array(fc.integer({ min: 1, max: 2_000 }), { maxLength: 5 }),
    capped: fc.boolean(),
  });
  const anyFacts = fc.record({
    pace: fc.record({
      toSettledMs: fc
        .array(fc.integer({ min: 0, max: 60_000 }), { minLength: 41, maxLength: 41 })
        .map((times) => times.sort((a, b) => a - b)),
      toClaimedMs: fc.integer({ min: 0, max: 5_000 }),
      slotMs: fc.integer({ min: 500, max: 5_000 }),
      cardsPerDispatch: fc.integer({ min: 1, max: 500 }),
      cardsPerOrder: fc.integer({ min: 1, max: 500 }),
      waitingOrders: fc.integer({ min: 0, max: 10_000 }),
    }),
    silent: fc.constant(false),
    ordersAhead: fc.integer({ min: 0, max: 1_000 }),
    heavy: fc.boolean(),
    products: fc.array(anyProduct, { minLength: 1, maxLength: 4 }),
    boughtAgoMs: fc.constant([]),
    limits: fc.constant(FACTS.limits),
  });

  it("is an interval ahead, of whatever facts", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const told = estimate(facts);
        if (told.kind === "none") throw new Error(told.because);
        expect(told.fromMs).toBeGreaterThanOrEqual(0);
        expect(told.byMs).toBeGreaterThanOrEqual(told.fromMs);
        expect(Number.isInteger(told.fromMs) && Number.isInteger(told.byMs)).toBe(true);
      }),
    );
  });

  it("is never sooner for more ahead, more of its product waiting, or one product more", () => {
    fc.assert(
      fc.property(anyFacts, fc.integer({ min: 1, max: 500 }), anyProduct, (facts, more, another) => {
        const told = estimate(facts);
        const others = [
          estimate({ ...facts, ordersAhead: facts.ordersAhead + more }),
          estimate({ ...facts, products: facts.products.map((own) => ({ ...own, ownCardsAhead: own.ownCardsAhead + more })) }),
          estimate({ ...facts, products: [...facts.products, another] }),
        ];
        for (const other of others) {
          if (told.kind === "none" || other.kind === "none") throw new Error("no estimate");
          expect(other.fromMs).toBeGreaterThanOrEqual(told.fromMs);
          expect(other.byMs).toBeGreaterThanOrEqual(told.byMs);
        }
      }),
    );
  });
});

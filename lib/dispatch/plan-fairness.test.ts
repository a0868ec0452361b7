import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyLines, claimed, idsOf, LIMITS, line, plan } from "./plan.fixture";
import { FRESH_TURNS, type WaitingLine } from "./plan-dispatch";
import { HEAVY_LINES } from "./plan-pace";

const NO_WINDOW = { ...LIMITS, productLimit: Number.MAX_SAFE_INTEGER };
const PLANS = 400;

describe("over many plans", () => {
  it("gives partners that always have enough waiting cards by their weight, whatever the size of their lines", () => {
    const partner = fc.record({
      weight: fc.integer({ min: 1, max: 5 }),
      sizes: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(partner, { minLength: 2, maxLength: 5 }), (partners) => {
        const shares = cardsServed(partners);
        const weights = partners.reduce((sum, { weight }) => sum + weight, 0);
        const cards = shares.reduce((sum, share) => sum + share, 0);
        for (const [index, { weight }] of partners.entries()) {
          expect((shares[index] ?? 0) / cards / (weight / weights)).toBeGreaterThan(0.9);
          expect((shares[index] ?? 0) / cards / (weight / weights)).toBeLessThan(1.1);
        }
      }),
      { numRuns: 15 },
    );
  });

  it("gives the same to all of one weight, wherever in a round a dispatch is full", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 11, max: 60 }), (partners, maxCards) => {
        const served = cardsServed(
          Array.from({ length: partners }, () => ({ weight: 1, sizes: [1] })),
          { maxCards },
        );
        // A quantum, what is owed, and the dispatch that was cut off.
        expect(Math.max(...served) - Math.min(...served)).toBeLessThanOrEqual(25);
      }),
      { numRuns: 25 },
    );
  });

  it("gives cards by weight where each orders many products too", () => {
    const [one = 0, other = 0] = cardsServed(
      [
        { weight: 1, sizes: [2, 3] },
        { weight: 3, sizes: [2, 3] },
      ],
      { products: 40 },
    );
    expect(other / one).toBeGreaterThan(2.5);
    expect(other / one).toBeLessThan(3.5);
  });

  it("lets every line go, though new ones come before each plan, large ones and urgent ones among them", () => {
    fc.assert(
      fc.property(anyLines(12), fc.infiniteStream(anyLines(3)), fc.infiniteStream(anyLines(3, 20)), (first, large, small) => {
        const old = first.map((one) => ({ ...one, id: `old ${one.id}`, queuedAtMs: 0 }));
        let waiting: WaitingLine[] = old;
        let turns = FRESH_TURNS;
        let plans = 0;
        while (waiting.some(({ id }) => id.startsWith("old ")) && plans < PLANS) {
          plans += 1;
          const urgent = line("urgent", { lane: "urgent", quantity: 100 });
          const added = [urgent, ...(plans % 3 === 0 ? (large.next().value ?? []) : []), ...(small.next().value ?? [])];
          waiting = [
            ...waiting,
            ...added.map((one, index) => ({ ...one, id: `new ${plans} ${index}`, queuedAtMs: 1_000 + plans })),
          ];
          const made = claimed(plan(waiting, { turns, limits: NO_WINDOW }));
          const gone = new Set(made.lines);
          waiting = waiting.filter((one) => !gone.has(one));
          turns = made.turns;
        }
        expect(plans).toBeLessThan(PLANS);
      }),
      { numRuns: 60 },
    );
  });

  it("lets a line of 500 cards of the normal lane go while the urgent lane never is empty", () => {
    const large = line("large", { partnerId: "b", quantity: 500 });
    const urgent = (index: number) => line(`urgent-${index}`, { lane: "urgent", productId: 2 });
    const first = plan([large, urgent(1)]);
    expect(idsOf(first)).toEqual(["urgent-1"]);
    expect(idsOf(plan([large, urgent(2)], { turns: claimed(first).turns }))).toEqual(["large"]);
  });

  it("does not let a partner shake off its debt by having nothing waiting for a moment", () => {
    const { turns } = claimed(plan([line("large", { quantity: 500 })]));
    const after = claimed(plan([line("b", { partnerId: "b" })], { turns }));
    expect(after.turns.deficits["normal:a"]).toBeLessThan(-400);
  });
});

describe("a heavy partner", () => {
  const upload = (productId: number) =>
    Array.from({ length: HEAVY_LINES + 1 }, (_, index) => line(`up-${index}`, { partnerId: "uploader", productId }));
  const use = new Map([[1, [5_000, 35_000]]]);

  it("leaves the last places of a product to the others", () => {
    expect(plan(upload(1), { use }).kind).toBe("wait");
    expect(plan(upload(1).slice(1), { use }).kind).toBe("claim");
  });

  it("rides along on the place that another partner's single order opens, which goes in the same plan", () => {
    const made = claimed(plan([...upload(1), line("single", { partnerId: "z", queuedAtMs: 9 })], { use }));
    expect(made.lines[0]?.id).toBe("single");
    expect(made.lines).toHaveLength(HEAVY_LINES + 2);
  });
});

/** Cards that each had in many plans, with an endless queue of lines of its sizes. */
function cardsServed(
  partners: readonly { weight: number; sizes: readonly number[] }[],
  { maxCards = LIMITS.maxCards, products = 1 } = {},
): number[] {
  const idOf = (index: number) => `p${index}`;
  const weights = new Map(partners.map(({ weight }, index) => [idOf(index), weight]));
  const served = partners.map(() => 0);
  let waiting: WaitingLine[] = [];
  let turns = FRESH_TURNS;
  let made = 0;
  for (let plans = 0; plans < PLANS / 4; plans++) {
    for (const [index, { sizes }] of partners.entries()) {
      let cards = waiting.reduce((sum, { partnerId, quantity }) => sum + (partnerId === idOf(index) ? quantity : 0), 0);
      for (; cards < maxCards * 2; cards += waiting.at(-1)?.quantity ?? 0) {
        const quantity = sizes[made % sizes.length] ?? 1;
        waiting.push(
          line(`line-${String(made).padStart(6, "0")}`, {
            partnerId: idOf(index),
            productId: made % products,
            quantity,
            queuedAtMs: made++,
          }),
        );
      }
    }
    const claim = claimed(plan(waiting, { turns, weights, limits: { ...NO_WINDOW, maxCards } }));
    for (const { partnerId, quantity } of claim.lines) {
      const index = Number(partnerId.slice(1));
      served[index] = (served[index] ?? 0) + quantity;
    }
    const gone = new Set(claim.lines);
    waiting = waiting.filter((one) => !gone.has(one));
    turns = claim.turns;
  }
  return served;
}

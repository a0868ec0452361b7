import fc from "fast-check";
import { FRESH_TURNS, type Limits, type Plan, planDispatch, type Turns, type WaitingLine } from "./plan-dispatch";
import { heavyPartners } from "./plan-pace";

export const LIMITS: Limits = { maxCards: 500, maxLines: 60, productLimit: 6, productWindowMs: 60_000 };

export type Use = Map<number, number[]>;

/** A line of one card of product 1, of partner "a", but for what is said. */
export function line(id: string, but: Partial<WaitingLine> = {}): WaitingLine {
  const one = { partnerId: "a", lane: "normal" as const, queuedAtMs: 0, productId: 1, quantity: 1 };
  return { id, orderId: id, faceMinor: 1_000, faceCurrency: "USD", ...one, ...but };
}

export function plan(
  lines: readonly WaitingLine[],
  but: { use?: Use; limits?: Limits; turns?: Turns; weights?: Map<string, number> } = {},
) {
  const { use = new Map(), limits = LIMITS, turns = FRESH_TURNS, weights = new Map() } = but;
  return planDispatch({ lines, weights, heavy: heavyPartners(lines), turns }, use, limits);
}

/** Throws for a plan that claims nothing. */
export function claimed(made: Plan) {
  if (made.kind !== "claim") throw new Error(`Nothing is claimed: ${JSON.stringify(made)}`);
  return made;
}

export const idsOf = (made: Plan) => claimed(made).lines.map(({ id }) => id);

const PARTNERS = ["a", "b", "c", "d"] as const;
const PRODUCTS = 8;

/** Any queue of up to so many lines; ids are by place, so that each is there once. */
export function anyLines(maxLength: number, maxQuantity = 500): fc.Arbitrary<WaitingLine[]> {
  const one = fc.record({
    partnerId: fc.constantFrom(...PARTNERS),
    lane: fc.constantFrom("urgent" as const, "normal" as const, "normal" as const),
    queuedAtMs: fc.integer({ min: 0, max: 1_000 }),
    productId: fc.integer({ min: 1, max: PRODUCTS }),
    faceMinor: fc.constantFrom(1_000, 2_500),
    quantity: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: maxQuantity })),
  });
  return fc.array(one, { minLength: 1, maxLength }).map((all) => all.map((but, index) => line(`line-${index}`, but)));
}

/** Any use of the products in their windows. */
export const anyUse: fc.Arbitrary<Use> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: PRODUCTS }), fc.array(fc.integer({ min: -500, max: 70_000 }), { maxLength: 8 })))
  .map((pairs) => new Map(pairs.map(([productId, ages]) => [productId, [...ages].sort((a, b) => a - b)])));

/** Turns as some plans before have left them. */
export const anyTurns: fc.Arbitrary<Turns> = anyLines(60).map((lines) => claimed(plan(lines)).turns);

import fc from "fast-check";
import type { Ending } from "./orders-answers";
import { type Body, PRODUCTS, type Told } from "./orders-model";
import { record } from "./record";

/** What may be tried, as plain data. Numbers choose among the orders and purchases that there are: see `resolve`. */
export type OrderCommand =
  | { do: "place"; key: string; body: Body }
  | { do: "cancel" | "claim"; order: number }
  /** Posts nothing: an attempt is begun where the decision says post. */
  | { do: "begin"; dispatch: number }
  /** What came of the last attempt, for the first or a further time. */
  | { do: "answer"; dispatch: number; told: Told }
  /** A minute passes, and a read does not find it. */
  | { do: "later"; dispatch: number }
  /** Gives up where the decision says so; mostly what leads there is done first. */
  | { do: "follow"; dispatch: number }
  | { do: "settle"; dispatch: number; ending: Ending };

/** Two at once, or one. */
export type OrderStep = readonly [OrderCommand] | readonly [OrderCommand, OrderCommand];

const ORDERABLE = 3;
const which = fc.nat({ max: 15 });
const key = fc.constantFrom("first", "second", "third");

const product = fc.oneof(
  { weight: 40, arbitrary: fc.nat({ max: ORDERABLE - 1 }) },
  { weight: 1, arbitrary: fc.integer({ min: ORDERABLE, max: PRODUCTS.length - 1 }) },
);
const quantity = fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.constant(9));
const body: fc.Arbitrary<Body> = record({
  lines: fc.array(record({ product, quantity }), { minLength: 1, maxLength: 3 }),
  ceiling: fc.oneof({ weight: 4, arbitrary: fc.constantFrom("none" as const, "exact" as const) }, fc.constant("below" as const)),
});

const told: fc.Arbitrary<Told> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Told>({ kind: "placed" }) },
  { weight: 2, arbitrary: fc.constant<Told>({ kind: "unknown" }) },
  { weight: 1, arbitrary: fc.constant<Told>({ kind: "throttled" }) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom("ProductIsOutOfStock" as const, "InvalidProduct" as const, "UserNotEnabled" as const)
      .map((reason): Told => ({ kind: "rejected", reason })),
  },
);
const ending: fc.Arbitrary<Ending> = record({
  word: fc.constantFrom("Succeeded" as const, "Succeeded" as const, "PartialFailed" as const, "Failed" as const),
  sold: fc.array(fc.constantFrom(100, 100, 100, 100, 50, 0, 130), { minLength: 1, maxLength: 2 }),
  odd: fc.oneof(
    { weight: 3, arbitrary: fc.constant("nothing" as const) },
    fc.constantFrom("sameCard" as const, "sameCode" as const, "oldCard" as const, "oldCode" as const, "otherProduct" as const),
  ),
});

const place = record({ do: fc.constant("place" as const), key, body });
const cancel = record({ do: fc.constant("cancel" as const), order: which });
const claim = record({ do: fc.constant("claim" as const), order: which });
const begin = record({ do: fc.constant("begin" as const), dispatch: which });
const answer = record({ do: fc.constant("answer" as const), dispatch: which, told });
const later = record({ do: fc.constant("later" as const), dispatch: which });
const follow = record({ do: fc.constant("follow" as const), dispatch: which });
const settle = record({ do: fc.constant("settle" as const), dispatch: which, ending });

const one: fc.Arbitrary<OrderCommand> = fc.oneof(
  { weight: 4, arbitrary: place },
  { weight: 1, arbitrary: cancel },
  { weight: 3, arbitrary: claim },
  { weight: 3, arbitrary: begin },
  { weight: 6, arbitrary: answer },
  { weight: 2, arbitrary: later },
  { weight: 6, arbitrary: follow },
  { weight: 4, arbitrary: settle },
);
/** `later` moves recorded times, which nobody does beside others. */
const beside: fc.Arbitrary<OrderCommand> = fc.oneof(cancel, claim, begin, answer, follow, settle);

/** Pairs about the same thing, which are the ones that can go wrong. */
const pair: fc.Arbitrary<readonly [OrderCommand, OrderCommand]> = fc.oneof(
  which.map(
    (order) =>
      [
        { do: "cancel" as const, order },
        { do: "claim" as const, order },
      ] as const,
  ),
  which.map(
    (order) =>
      [
        { do: "claim" as const, order },
        { do: "claim" as const, order },
      ] as const,
  ),
  fc.tuple(place, fc.boolean(), body).map(([first, same, other]) => [first, same ? first : { ...first, body: other }] as const),
  fc
    .tuple(settle, ending, fc.boolean())
    .map(([first, other, same]) => [first, same ? first : { ...first, ending: other }] as const),
  fc
    .tuple(settle, told)
    .map(([first, other]) => [first, { do: "answer" as const, dispatch: first.dispatch, told: other }] as const),
  fc.tuple(settle).map(([first]) => [first, { do: "follow" as const, dispatch: first.dispatch }] as const),
  which.map(
    (dispatch) =>
      [
        { do: "begin" as const, dispatch },
        { do: "begin" as const, dispatch },
      ] as const,
  ),
  which.map(
    (dispatch) =>
      [
        { do: "follow" as const, dispatch },
        { do: "follow" as const, dispatch },
      ] as const,
  ),
  fc.tuple(beside, beside),
);

export const orderStep: fc.Arbitrary<OrderStep> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(one) },
  { weight: 1, arbitrary: pair },
);

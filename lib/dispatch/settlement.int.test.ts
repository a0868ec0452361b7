import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { cards } from "@/drizzle/schema";
import type { BoughtCard, CheckoutOutcome } from "@/lib/bamboo";
import {
  alertsAbout,
  answer,
  card,
  cardsOf,
  claimed,
  FUNDS_MINOR,
  PRICE_MINOR,
  stateOf,
  waiting,
} from "@/local/testing/model/purchases";
import { claimTogether } from "@/local/testing/model/shared-dispatch";
import { beginAttempt } from "./begin-attempt";
import { loadFacts } from "./load-facts";
import { nextAction } from "./next-action";
import { recordOutcome } from "./record-outcome";
import { rejectDispatch } from "./reject-dispatch";
import { settleDispatch } from "./settle-dispatch";

const delivered = (count: number) => ({
  status: "completed",
  delivered: count,
  cards: count,
  returnedMinor: 0,
  available: FUNDS_MINOR - count * PRICE_MINOR,
  held: 0,
});

describe("the same answer again", () => {
  test("twice at once, then once more, then another answer: charged and delivered once", async () => {
    const order = await claimed(3);
    const told = answer("Succeeded", order.productId, cardsOf(3));
    await Promise.all(Array.from({ length: 4 }, () => settleDispatch(order.dispatchId, told)));
    const first = await stateOf(order);
    expect(first).toMatchObject({ ...delivered(3), story: ["accepted", "claimed", "completed"] });
    await settleDispatch(order.dispatchId, told);
    await settleDispatch(order.dispatchId, answer("Failed", order.productId, []));
    await settleDispatch(order.dispatchId, answer("Succeeded", order.productId, cardsOf(3)));
    expect(await stateOf(order)).toEqual(first);
    expect(await alertsAbout(order.dispatchId)).toEqual([]);
  });

  test("two different answers at once: one of them counts, whole", async () => {
    const order = await claimed(2);
    await Promise.all([
      settleDispatch(order.dispatchId, answer("Succeeded", order.productId, cardsOf(2))),
      settleDispatch(order.dispatchId, answer("Failed", order.productId, [])),
    ]);
    const state = await stateOf(order);
    const returned = {
      status: "failed",
      delivered: 0,
      cards: 0,
      returnedMinor: 2 * PRICE_MINOR,
      available: FUNDS_MINOR,
      held: 0,
    };
    expect([delivered(2), returned]).toContainEqual({ ...state, story: undefined });
    expect(state.story).toHaveLength(3);
  });
});

describe("early: the cards are found while the request is still open", () => {
  const outcomes: CheckoutOutcome[] = [
    { kind: "placed" },
    { kind: "unknown", cause: "TimeoutError" },
    { kind: "throttled", waitSeconds: 1 },
    { kind: "rejected", reason: "ProductIsOutOfStock" },
  ];
  test.each(outcomes)("and its answer then is $kind: nothing changes", async (outcome) => {
    const order = await claimed(2);
    const attempt = await beginAttempt(order.dispatchId, 0);
    if (!attempt) throw new Error("The first attempt was refused");
    await settleDispatch(order.dispatchId, answer("Succeeded", order.productId, cardsOf(2)));
    await recordOutcome(order.dispatchId, { ...attempt, httpStatus: 200, outcome });
    expect(await stateOf(order)).toMatchObject({ ...delivered(2), story: ["accepted", "claimed", "completed"] });
    const { facts, nowMs } = await loadFacts(order.dispatchId);
    expect(nextAction(facts, nowMs)).toEqual({ kind: "done" });
  });

  test("and is written down at the same moment: both orders of the two give one end", async () => {
    for (let round = 0; round < 10; round++) {
      const order = await claimed(1);
      const attempt = await beginAttempt(order.dispatchId, 0);
      if (!attempt) throw new Error("The first attempt was refused");
      await Promise.all([
        recordOutcome(order.dispatchId, { ...attempt, httpStatus: null, outcome: { kind: "unknown", cause: "TimeoutError" } }),
        settleDispatch(order.dispatchId, answer("Succeeded", order.productId, cardsOf(1))),
      ]);
      expect(await stateOf(order)).toMatchObject(delivered(1));
    }
  });
});

describe("a partial failure of a purchase that several orders share", () => {
  test("falls on the last claimed, and the rest comes back to the cent", async () => {
    const first = await waiting(3);
    const second = await waiting(2, first.productId);
    const third = await waiting(2, first.productId);
    const dispatchId = await claimTogether([second.orderId, third.orderId, first.orderId]);
    await settleDispatch(dispatchId, answer("PartialFailed", first.productId, cardsOf(5)));
    expect(await stateOf(second)).toMatchObject(delivered(2));
    expect(await stateOf(third)).toMatchObject(delivered(2));
    expect(await stateOf(first)).toEqual({
      status: "partially_completed",
      delivered: 1,
      cards: 1,
      returnedMinor: 2 * PRICE_MINOR,
      available: FUNDS_MINOR - PRICE_MINOR,
      held: 0,
      story: ["accepted", "claimed", "partially_completed"],
    });
  });

  test("two readers of it at once hand out the same cards once", async () => {
    const first = await waiting(2);
    const second = await waiting(2, first.productId);
    const dispatchId = await claimTogether([first.orderId, second.orderId]);
    const told = answer("PartialFailed", first.productId, cardsOf(3));
    await Promise.all([settleDispatch(dispatchId, told), settleDispatch(dispatchId, told)]);
    expect(await stateOf(first)).toMatchObject(delivered(2));
    expect(await stateOf(second)).toMatchObject({
      status: "partially_completed",
      delivered: 1,
      returnedMinor: PRICE_MINOR,
      held: 0,
    });
  });
});

test("purchases for the same partners in opposite turns end at once without waiting for each other in a circle", async () => {
  for (let round = 0; round < 6; round++) {
    const a = await waiting(1);
    const b = await waiting(1, a.productId);
    const [a2, b2] = [await waiting(1, a.productId, a), await waiting(1, a.productId, b)];
    const [first, second] = [await claimTogether([a.orderId, b.orderId]), await claimTogether([b2.orderId, a2.orderId])];
    const ends = [
      () => rejectDispatch(first, "InvalidDenomination"),
      () =>
        round % 2 === 0
          ? rejectDispatch(second, "InvalidDenomination")
          : settleDispatch(second, answer("Failed", a.productId, [])),
    ];
    await Promise.all(ends.map((end) => end()));
    for (const order of [a, b, a2, b2])
      expect(await stateOf(order)).toMatchObject({ status: "failed", available: FUNDS_MINOR, held: 0 });
  }
});

describe("a code that the supplier delivers twice", () => {
  const storedOf = (bambooCardId: number) => db().select().from(cards).where(eq(cards.bambooCardId, bambooCardId));
  const one = card();
  const doubles: [string, (first: BoughtCard) => BoughtCard][] = [
    ["the same card", (first) => ({ ...first })],
    ["the same code under another card id", (first) => card({ code: first.code })],
    ["the same card id with another code", (first) => card({ bambooCardId: first.bambooCardId })],
  ];

  test.each(doubles)("%s in one answer is sold once, given back once and raised", async (_, double) => {
    const order = await claimed(2);
    const first = card();
    const second = double(first);
    await settleDispatch(order.dispatchId, answer("Succeeded", order.productId, [first, second]));
    expect(await stateOf(order)).toMatchObject({
      status: "partially_completed",
      delivered: 1,
      cards: 1,
      returnedMinor: PRICE_MINOR,
      available: FUNDS_MINOR - PRICE_MINOR,
      held: 0,
    });
    expect(await storedOf(first.bambooCardId)).toHaveLength(1);
    expect(await alertsAbout(order.dispatchId)).toMatchObject([
      { kind: "cards.duplicate", open: true, detail: { bambooCardIds: [second.bambooCardId] } },
    ]);
  });

  test.each(doubles)("%s to another partner stays the first one's, and is raised", async (_, double) => {
    const [first, second] = [await claimed(1), await claimed(1)];
    const sold = card();
    await settleDispatch(first.dispatchId, answer("Succeeded", first.productId, [sold]));
    await settleDispatch(second.dispatchId, answer("Succeeded", second.productId, [double(sold)]));
    expect(await stateOf(first)).toMatchObject(delivered(1));
    expect(await stateOf(second)).toMatchObject({
      status: "failed",
      cards: 0,
      returnedMinor: PRICE_MINOR,
      available: FUNDS_MINOR,
      held: 0,
    });
    expect(await alertsAbout(second.dispatchId)).toMatchObject([{ kind: "cards.duplicate", open: true }]);
    expect(await storedOf(sold.bambooCardId)).toMatchObject([{ partnerId: first.partnerId }]);
  });

  test.each(doubles)("%s in two purchases that end at once is sold once", async (_, double) => {
    const orders = [await claimed(1), await claimed(1)];
    const sold = [card()];
    sold.push(double(sold[0] ?? one));
    await Promise.all(
      orders.map(({ dispatchId, productId }, index) =>
        settleDispatch(dispatchId, answer("Succeeded", productId, sold.slice(index, index + 1))),
      ),
    );
    const states = await Promise.all(orders.map(stateOf));
    expect(states.map(({ cards: count }) => count).sort()).toEqual([0, 1]);
    for (const { available, held, delivered: count } of states)
      expect({ available, held }).toEqual({ available: FUNDS_MINOR - count * PRICE_MINOR, held: 0 });
    const raised = await Promise.all(orders.map(({ dispatchId }) => alertsAbout(dispatchId)));
    expect(raised.flat()).toMatchObject([{ kind: "cards.duplicate", open: true }]);
  });

  test("neither the alert nor anything else that is kept shows the code", async () => {
    const order = await claimed(2);
    const first = card();
    await settleDispatch(order.dispatchId, answer("Succeeded", order.productId, [first, card({ code: first.code })]));
    expect(JSON.stringify(await alertsAbout(order.dispatchId))).not.toContain(first.code);
  });
});

describe("an answer that contradicts itself", () => {
  test("gives nothing and takes nothing; the clear one that follows ends it, and the alert", async () => {
    const order = await claimed(2);
    await settleDispatch(order.dispatchId, answer("Succeeded", order.productId, cardsOf(1)));
    expect(await stateOf(order)).toMatchObject({ status: "processing", delivered: 0, cards: 0, held: 2 * PRICE_MINOR });
    expect(await alertsAbout(order.dispatchId)).toMatchObject([{ kind: "dispatch.answer_contradicts", open: true }]);
    await settleDispatch(order.dispatchId, answer("Succeeded", order.productId, cardsOf(2)));
    expect(await stateOf(order)).toMatchObject(delivered(2));
    expect(await alertsAbout(order.dispatchId)).toMatchObject([{ kind: "dispatch.answer_contradicts", open: false }]);
  });
});

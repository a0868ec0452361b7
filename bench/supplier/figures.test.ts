import { expect, test } from "vitest";
import type { Arrival } from "../../local/bamboo/control";
import { figuresOf, mostWithin } from "./figures";

const arrival = (atMs: number, endpoint: Arrival["endpoint"], status = 200): Arrival => ({
  atMs,
  endpoint,
  status,
  requestId: `${endpoint} ${atMs}`,
});

test("a window holds what lies within it, and not its end", () => {
  expect(mostWithin([], 1_000)).toBe(0);
  expect(mostWithin([0, 500, 1_000, 1_500], 1_000)).toBe(2);
  expect(mostWithin([0, 500, 999.9, 1_500], 1_000)).toBe(3);
});

test("what was achieved is of the measured part, what was broken is of all", () => {
  const arrivals = [
    arrival(0, "checkout"),
    arrival(1_000, "checkout"),
    arrival(1_400, "checkout", 429),
    arrival(1_600, "checkout"),
    arrival(2_000, "order"),
    arrival(2_100, "order"),
    arrival(2_200, "order"),
  ];
  const bought = new Map(["0", "1000", "1600"].map((at) => [`checkout ${at}`, { orders: 2, cards: 6 }]));
  const violation = { rule: "500 ms between calls", waitMs: 100, endpoint: "checkout", atMs: 1_400, productId: null } as const;
  expect(figuresOf({ arrivals, violations: [violation], bought, measured: { fromMs: 1_000, toMs: 2_000 } })).toEqual({
    utilisation: 1,
    http429: 1,
    violations: 1,
    mostInASecond: 3,
    smallestGapMs: 200,
    meanGapMs: 600,
    readsPerDispatch: 1,
    ordersPerMin: 240,
    cardsPerMin: 720,
  });
});

test("a request that was answered and carried nothing is no use of the limit", () => {
  const arrivals = [arrival(0, "checkout", 400), arrival(600, "checkout")];
  const figures = figuresOf({
    arrivals,
    violations: [],
    bought: new Map([["checkout 600", { orders: 1, cards: 1 }]]),
    measured: { fromMs: 0, toMs: 1_000 },
  });
  expect(figures.utilisation).toBe(0.5);
});

import { expect, it } from "vitest";
import { LIMITS } from "./plan.fixture";
import { productRooms, productsWithoutRoom } from "./plan-pace";

const roomAfter = (...agesMs: number[]) => productRooms(new Map([[1, agesMs]]), LIMITS)(1);

it("lets a product that is seldom ordered go at once", () => {
  expect(productRooms(new Map(), LIMITS)(1)).toEqual({ lightMs: 0, heavyMs: 0 });
  expect(roomAfter(-200, 0, 1_000).lightMs).toBe(0);
  expect(roomAfter(0, 1_000, 2_000, 3_000, 61_000, 62_000).lightMs).toBe(0);
});

it("spreads what is left of the places until the oldest order leaves the window", () => {
  // One place for 56 seconds: in the middle of them.
  expect(roomAfter(0, 1_000, 2_000, 3_000, 4_000).lightMs).toBe(28_000);
  expect(roomAfter(18_000, 19_000, 20_000, 21_000, 22_000).lightMs).toBe(10_000);
  // In steady demand that is a sixth of the window.
  expect(roomAfter(9_000, 19_000, 29_000, 39_000, 49_000).lightMs).toBe(1_000);
});

it("waits for the oldest order to leave where no place is left", () => {
  expect(roomAfter(1_000, 2_000, 3_000, 4_000, 5_000, 6_000).lightMs).toBe(54_000);
  expect(roomAfter(1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000).lightMs).toBe(54_000);
});

it("counts an order that is still ahead", () => {
  expect(roomAfter(-500, 1_000, 2_000, 3_000, 4_000).lightMs).toBe(28_250);
});

it("gives heavy partners a third of the places, half a window apart", () => {
  expect(roomAfter(10_000)).toEqual({ lightMs: 0, heavyMs: 20_000 });
  expect(roomAfter(30_000)).toEqual({ lightMs: 0, heavyMs: 0 });
  expect(roomAfter(10_000, 40_000)).toEqual({ lightMs: 0, heavyMs: 20_000 });
});

it("names the products that nobody may order, and those that heavy partners may not", () => {
  const use = new Map([
    [1, [1_000]],
    [2, [1_000, 2_000, 3_000, 4_000, 5_000]],
    [3, [31_000]],
  ]);
  expect(productsWithoutRoom(use, LIMITS)).toEqual({ light: [2], heavy: [1, 2] });
});

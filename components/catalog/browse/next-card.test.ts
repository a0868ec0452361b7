import { expect, it } from "vitest";
import { nextCard } from "./next-card";

/** Three columns; the last row holds two: 0 1 2 / 3 4 5 / 6 7 */
const spots = Array.from({ length: 8 }, (_, index) => ({ top: Math.floor(index / 3) * 100, left: (index % 3) * 300 }));

it.each([
  [1, "ArrowRight", 2],
  [2, "ArrowRight", 3],
  [7, "ArrowRight", null],
  [0, "ArrowLeft", null],
  [1, "ArrowDown", 4],
  [5, "ArrowDown", 7],
  [7, "ArrowDown", null],
  [4, "ArrowUp", 1],
  [2, "ArrowUp", "search"],
  [4, "Home", 0],
  [4, "End", 7],
  [4, "Enter", null],
] as const)("from card %i, %s", (from, key, to) => {
  expect(nextCard(spots, from, key, false)).toBe(to);
});

it("goes the other way where one reads from right to left", () => {
  expect(nextCard(spots, 1, "ArrowLeft", true)).toBe(2);
});

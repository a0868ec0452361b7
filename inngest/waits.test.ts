import { expect, it } from "vitest";
import { wholeSeconds } from "./waits";

it.each([
  [-5, "1s"],
  [0, "1s"],
  [1, "1s"],
  [1_000, "1s"],
  [1_000.2, "2s"],
  [1_001, "2s"],
  [299_001, "300s"],
  [300_000, "300s"],
  [3_406_000, "300s"],
])("waits %d ms as %s: up to the next second, never none, never beyond the longest wait", (waitMs, text) => {
  expect(wholeSeconds(waitMs)).toBe(text);
});

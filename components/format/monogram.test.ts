import { expect, it } from "vitest";
import { monogram } from "./monogram";

it.each([
  ["Example Games", "EG"],
  ["Spotlight", "SP"],
  ["7-Stores", "7S"],
  ["éclair", "ÉC"],
  ["***", "?"],
])("%s", (name, letters) => {
  expect(monogram(name)).toBe(letters);
});

import { expect, test } from "vitest";
import { readArguments } from "./arguments";

const NAMES = ["ledger", "accept"] as const;

test("a name and how long each cell takes", () => {
  expect(readArguments(["ledger"], NAMES)).toMatchObject({ name: "ledger" });
  expect(readArguments(["accept", "--seconds", "0.5"], NAMES)).toEqual({ name: "accept", seconds: 0.5 });
  expect(readArguments(["accept", "--only", "10 ms"], NAMES)).toEqual({ name: "accept", only: "10 ms" });
});

test("no name asks for the list", () => {
  expect(readArguments([], NAMES).name).toBeUndefined();
});

test.each([
  [["leger"], "There is no bench named leger. There are: ledger, accept."],
  [["ledger", "accept"], "One bench at a time"],
  [["ledger", "--seconds", "0"], "--seconds takes a number above 0"],
  [["ledger", "--seconds", "soon"], 'not "soon"'],
  [["ledger", "--second", "3"], "--second"],
])("%s is refused with what would be right", (args, words) => {
  expect(() => readArguments(args, NAMES)).toThrow(words);
});

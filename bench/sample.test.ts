import { expect, test } from "vitest";
import { emptySample, percentile, summarise } from "./sample";

const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

test("a percentile is a value that was measured", () => {
  expect(percentile(hundred, 50)).toBe(50);
  expect(percentile(hundred, 99)).toBe(99);
  expect(percentile([7], 99)).toBe(7);
});

test("a summary counts what ended over the time it took, whatever the order", () => {
  expect(summarise({ latenciesMs: [...hundred].reverse(), tookMs: 2_000 })).toEqual({ perSecond: 50, p50Ms: 50, p99Ms: 99 });
});

test("a cell in which nothing ended has no figures", () => {
  expect(() => summarise(emptySample())).toThrow("Nothing ended");
});

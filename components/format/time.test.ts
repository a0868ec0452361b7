import { describe, expect, it } from "vitest";
import { formatAhead, formatDuration, formatRelative } from "./time";

const now = Date.parse("2026-11-23T12:00:00Z");
const ago = (seconds: number) => new Date(now - seconds * 1_000).toISOString();

describe("formatRelative", () => {
  it.each([
    [0, "just now"],
    [4, "just now"],
    [30, "30 seconds ago"],
    [60, "1 minute ago"],
    [3_599, "59 minutes ago"],
    [7_200, "2 hours ago"],
    [86_400 * 3, "3 days ago"],
  ])("%i seconds", (seconds, text) => {
    expect(formatRelative(ago(seconds), now)).toBe(text);
  });

  it("does not speak of the future when the clocks differ", () => {
    expect(formatRelative(ago(-90), now)).toBe("just now");
  });

  it("gives a date after thirty days", () => {
    expect(formatRelative("2026-01-05T12:00:00Z", now)).toBe("5 Jan 2026");
  });
});

describe("formatDuration", () => {
  it.each([
    [0.85, "850 ms"],
    [4.2, "4.2 s"],
    [4, "4 s"],
    [42, "42 s"],
    [59.7, "1 min"],
    [80, "1 min 20 s"],
    [11_100, "3 h 5 min"],
    [187_200, "2 d 4 h"],
  ])("%d seconds", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe("formatAhead", () => {
  it.each([
    [10, 40, "in 10 to 40 seconds"],
    [10.9, 39.2, "in 10 to 40 seconds"],
    [0.4, 7.5, "within 8 seconds"],
    [-3, 5, "within 5 seconds"],
    [-3, 0.2, "within 1 second"],
    [130, 290, "in 2 to 5 minutes"],
    [20, 130, "within 3 minutes"],
    [4_000, 9_000, "in 1 to 3 hours"],
    [-20, -1, "any moment now"],
  ])("%d to %d seconds ahead", (from, by, text) => {
    expect(formatAhead(ago(-from), ago(-by), now)).toBe(text);
  });
});

import { expect, test } from "vitest";
import { isDay, MAX_DAYS, recoveryDays } from "./recovery-days";

const NOW = "2026-11-23";

test("every day asked for is read, and one more at each end, over the ends of months and years", () => {
  expect(recoveryDays({ sinceDay: "2026-11-22", untilDay: NOW }, NOW)).toEqual([
    "2026-11-21",
    "2026-11-22",
    "2026-11-23",
    "2026-11-24",
  ]);
  expect(recoveryDays({ sinceDay: "2024-03-01", untilDay: "2024-03-01" }, NOW)[0]).toBe("2024-02-29");
  expect(recoveryDays({ sinceDay: "2025-12-31", untilDay: "2025-12-31" }, NOW)).toEqual([
    "2025-12-30",
    "2025-12-31",
    "2026-01-01",
  ]);
  expect(recoveryDays({ sinceDay: "2026-09-23", untilDay: NOW }, NOW)).toHaveLength(MAX_DAYS + 2);
});

test.each([
  ["no day of the calendar", "2026-02-30", NOW, "sinceDay", "2026-02-30"],
  ["another way of writing", "22.11.2026", NOW, "sinceDay", "22.11.2026"],
  ["a time", "2026-11-22T00:00:00", NOW, "sinceDay", "no day"],
  ["an end that is none", "2026-11-22", "tomorrow", "untilDay", "tomorrow"],
  ["the wrong way round", "2026-11-22", "2026-11-21", "sinceDay", "after"],
  ["the future", "2026-11-24", "2026-11-25", "sinceDay", "yet to come"],
  ["too many", "2026-09-22", NOW, "sinceDay", String(MAX_DAYS)],
])("refuses %s", (_, sinceDay, untilDay, path, says) => {
  const refused = () => recoveryDays({ sinceDay, untilDay }, NOW);
  expect(refused).toThrow(says);
  expect(refused).toThrow(expect.objectContaining({ code: "invalid_input", fields: [expect.objectContaining({ path })] }));
});

test("a day is one of the calendar", () => {
  expect(["2024-02-29", "2026-11-23"].every(isDay)).toBe(true);
  expect(["2026-02-29", "2026-13-01", "2026-1-1", "", "2026-11-23 "].some(isDay)).toBe(false);
});

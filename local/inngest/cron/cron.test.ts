import { describe, expect, it } from "vitest";
import { nextTickMs } from "./next-tick";
import { parseCron } from "./parse-cron";

function ticks(schedule: string, after: string, count: number): string[] {
  const cron = parseCron(schedule);
  const found: string[] = [];
  let atMs = Date.parse(after);
  for (let i = 0; i < count; i += 1) {
    atMs = nextTickMs(cron, atMs) ?? Number.NaN;
    found.push(new Date(atMs).toISOString().slice(0, 16));
  }
  return found;
}

describe("nextTickMs", () => {
  it.each([
    ["* * * * *", "2026-11-23T09:00:30Z", ["2026-11-23T09:01", "2026-11-23T09:02"]],
    ["*/30 * * * *", "2026-11-23T09:00:00Z", ["2026-11-23T09:30", "2026-11-23T10:00"]],
    ["5,10-12 8-9 * * *", "2026-11-23T09:10:00Z", ["2026-11-23T09:11", "2026-11-23T09:12", "2026-11-24T08:05"]],
    ["0 0 1 jan *", "2026-11-23T09:00:00Z", ["2027-01-01T00:00", "2028-01-01T00:00"]],
    ["0 12 * * mon-fri", "2026-11-27T12:00:00Z", ["2026-11-30T12:00", "2026-12-01T12:00"]],
    ["0 0 * * 7", "2026-11-23T00:00:00Z", ["2026-11-29T00:00"]],
    ["0 0 29 2 *", "2026-11-23T00:00:00Z", ["2028-02-29T00:00", "2032-02-29T00:00"]],
    ["10/20 * * * *", "2026-11-23T09:00:00Z", ["2026-11-23T09:10", "2026-11-23T09:30", "2026-11-23T09:50", "2026-11-23T10:10"]],
  ])("%s after %s", (schedule, after, expected) => {
    expect(ticks(schedule, after, expected.length)).toEqual(expected);
  });

  it("takes either where both the day and the weekday are given, and both where one is a star", () => {
    expect(ticks("0 0 13 * fri", "2026-11-01T00:00:00Z", 3)).toEqual([
      "2026-11-06T00:00",
      "2026-11-13T00:00",
      "2026-11-20T00:00",
    ]);
    expect(ticks("0 0 13 * *", "2026-11-01T00:00:00Z", 2)).toEqual(["2026-11-13T00:00", "2026-12-13T00:00"]);
  });

  it("keeps to the wall clock of a zone across its changes", () => {
    expect(ticks("TZ=Europe/Paris 30 8 * * *", "2026-10-24T00:00:00Z", 3)).toEqual([
      "2026-10-24T06:30",
      "2026-10-25T07:30",
      "2026-10-26T07:30",
    ]);
    expect(ticks("TZ=America/New_York 0 0 * * *", "2026-03-07T12:00:00Z", 3)).toEqual([
      "2026-03-08T05:00",
      "2026-03-09T04:00",
      "2026-03-10T04:00",
    ]);
  });

  it("has no tick in a skipped hour, and goes through a repeated one twice", () => {
    expect(ticks("TZ=Europe/Paris 30 2 * * *", "2026-03-28T12:00:00Z", 1)).toEqual(["2026-03-30T00:30"]);
    expect(ticks("TZ=Europe/Paris */30 2 * * *", "2026-10-24T22:00:00Z", 5)).toEqual([
      "2026-10-25T00:00",
      "2026-10-25T00:30",
      "2026-10-25T01:00",
      "2026-10-25T01:30",
      "2026-10-26T01:00",
    ]);
  });

  it("gives nothing for a day that never comes", () => {
    expect(nextTickMs(parseCron("0 0 30 2 *"), Date.parse("2026-01-01T00:00:00Z"))).toBeUndefined();
  });
});

describe("parseCron", () => {
  it.each([
    ["* * * *", "five fields"],
    ["* * * * * *", "five fields"],
    ["@hourly", "five fields"],
    ["60 * * * *", '"60" is not a minute (0-59)'],
    ["* 24 * * *", "not a hour"],
    ["* * 0 * *", "not a day of month"],
    ["* * * 13 *", "not a month"],
    ["* * * * fun", "not a day of week"],
    ["5-1 * * * *", "not a minute"],
    ["*/0 * * * *", "not a minute"],
    ["1.5 * * * *", "not a minute"],
    ["TZ=Mars/Base * * * * *", 'unknown time zone "Mars/Base"'],
  ])("refuses %s", (schedule, why) => {
    expect(() => parseCron(schedule)).toThrow(why);
  });
});

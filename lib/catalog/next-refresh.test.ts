import { expect, test } from "vitest";
import { nextRefreshAt } from "./next-refresh";

test.each([
  ["2026-11-23T10:00:00.000Z", null, "2026-11-23T10:30:00.000Z"],
  ["2026-11-23T10:29:59.999Z", null, "2026-11-23T10:30:00.000Z"],
  ["2026-11-23T23:30:00.001Z", null, "2026-11-24T00:00:00.000Z"],
  // The hour's two are used up: the tick that finds no room passes, one that is a little early waits.
  ["2026-11-23T10:08:00.000Z", "2026-11-23T10:55:59.000Z", "2026-11-23T11:00:00.000Z"],
  ["2026-11-23T10:08:00.000Z", "2026-11-23T10:30:00.400Z", "2026-11-23T10:30:00.400Z"],
  ["2026-11-23T10:08:00.000Z", "2026-11-23T10:37:00.000Z", "2026-11-23T11:00:00.000Z"],
])("at %s, with room from %s, the catalogue is read next at %s", (now, allowedAt, next) => {
  expect(nextRefreshAt(Date.parse(now), allowedAt)).toBe(next);
});

import { expect, test } from "vitest";
import { Random } from "@/simulation/engine/random";
import { whenSeen } from "./redis-clock";

/** The other clock runs 300 millionths faster. */
const PACE = 1.000_3;
/** Of the sums in this test. */
const ROUNDED_MS = 1e-6;

/** Far apart, so that no sight of a test counts in another. */
let startMs = 0;
const newStart = () => {
  startMs += 1_000_000;
  return startMs;
};

test("a slow trip tells as much as the quick one before it", () => {
  const at = newStart();
  expect(whenSeen({ askedAt: at, answeredAt: at + 2, redisMs: at + 501 })).toEqual({ from: at, to: at + 2 });
  const slow = whenSeen({ askedAt: at + 100, answeredAt: at + 130, redisMs: at + 602 });
  expect(slow.from).toBeCloseTo(at + 101, 0);
  expect(slow.to).toBeCloseTo(at + 103, 0);
});

test("after a clock was set only the newest counts, and what is old does not", () => {
  const at = newStart();
  whenSeen({ askedAt: at, answeredAt: at + 2, redisMs: at + 1 });
  const set = { askedAt: at + 100, answeredAt: at + 110, redisMs: at + 205 };
  expect(whenSeen(set)).toEqual({ from: at + 100, to: at + 110 });
  expect(whenSeen({ askedAt: at + 3_100, answeredAt: at + 3_150, redisMs: at + 3_250 })).toEqual({
    from: at + 3_100,
    to: at + 3_150,
  });
});

test.each([
  ["fractions", (ms: number) => ms, 0],
  ["whole milliseconds", Math.floor, 1],
])("with a clock of %s and any trips the moment is never missed", (_, shown, tickMs) => {
  const random = new Random(7);
  const start = newStart();
  let widthMs = 0;
  const TIMES = 2_000;
  for (let at = start, times = 0; times < TIMES; times++) {
    at += random.between(1, 900);
    const ranAt = at + random.between(5, 60) / 10;
    const redisMs = shown(5_000 + start + (ranAt - start) * PACE);
    const trueAt = start + (redisMs - 5_000 - start) / PACE;
    const answeredAt = ranAt + random.between(5, 60) / 10;
    const { from, to } = whenSeen({ askedAt: at, answeredAt, redisMs });
    expect(from - tickMs).toBeLessThanOrEqual(trueAt + ROUNDED_MS);
    expect(to).toBeGreaterThanOrEqual(trueAt - ROUNDED_MS);
    widthMs += (to - from) / TIMES;
  }
  expect(widthMs).toBeLessThan(5);
});

import { expect, it } from "vitest";
import { Random } from "@/simulation/engine/random";
import { baseWayMs, WAYS_KEPT, WAYS_NEEDED } from "./way";

it("concludes nothing from few calls", () => {
  expect(baseWayMs(Array.from({ length: WAYS_NEEDED - 1 }, () => 20))).toBeNull();
  expect(baseWayMs(Array.from({ length: WAYS_NEEDED }, () => 20))).toBe(20);
});

it("is never below nothing, however the ways vary", () => {
  expect(baseWayMs(Array.from({ length: WAYS_NEEDED }, (_, i) => (i === 0 ? 1 : 900)))).toBe(0);
});

const TIMES = 4_000;
const PAIRS = 20;
/** A near supplier and a far one, whose base the caution never takes off wholly. */
const SHORTEST_MS = [3, 300];

/**
 * How often a call arrives too early: it leaves when the one before is taken to have arrived, and each needs up to `jitterMs` more than the
 * shortest way, there and back.
 */
function tooEarly(jitterMs: number, calls: number, shortestMs: number): number {
  const random = new Random(1);
  const way = () => random.between(0, jitterMs * 10) / 10;
  let early = 0;
  for (let times = 0; times < TIMES; times++) {
    const baseMs = baseWayMs(Array.from({ length: calls }, () => shortestMs + way() + way())) ?? 0;
    for (let pair = 0; pair < PAIRS; pair++) {
      const thereMs = way();
      const takenMs = Math.max(0, shortestMs + thereMs + way() - baseMs);
      if (takenMs + way() < thereMs) early++;
    }
  }
  return early / (TIMES * PAIRS);
}

it.each([
  [10, WAYS_NEEDED, 0.0005],
  [50, WAYS_NEEDED, 0.0005],
  [50, 2 * WAYS_NEEDED, 0.0005],
  [50, 4 * WAYS_NEEDED, 0.0003],
  [50, 8 * WAYS_NEEDED, 0.0001],
  [50, WAYS_KEPT, 0.00002],
])(
  "with up to %d ms more each way, as %d calls teach it a call is too early in less than %d of cases",
  (jitterMs, calls, most) => {
    for (const shortestMs of SHORTEST_MS) expect(tooEarly(jitterMs, calls, shortestMs)).toBeLessThan(most);
  },
);

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeLeft } from "./settle-time";

const EVEN = Array.from({ length: 41 }, (_, step) => step * 100);
const anyQuantiles = fc
  .array(fc.integer({ min: 0, max: 600_000 }), { minLength: 2, maxLength: 41 })
  .map((times) => times.sort((a, b) => a - b));

/** The share of what the quantiles stand for that lies in the span, among what took longer than `ageMs`. */
function heldShare(quantilesMs: readonly number[], ageMs: number, span: { fromMs: number; byMs: number }): number {
  const times = Array.from({ length: 4_001 }, (_, step) => {
    const at = (step / 4_000) * (quantilesMs.length - 1);
    const [low = 0, high = 0] = [quantilesMs[Math.floor(at)], quantilesMs[Math.ceil(at)]];
    return low + (high - low) * (at % 1) - ageMs;
  }).filter((left) => left >= 0);
  const within = times.filter((left) => left >= span.fromMs - 1e-6 && left <= span.byMs + 1e-6);
  return within.length / times.length;
}

describe("timeLeft", () => {
  it("leaves a long tail out, on the side where it is", () => {
    const late = [...Array.from({ length: 39 }, (_, step) => 1_000 + step), 40_000, 90_000];
    expect(timeLeft(late, 0)).toMatchObject({ fromMs: 1_000, byMs: expect.closeTo(1_037.2) });
    const early = late.map((time) => 100_000 - time).reverse();
    expect(timeLeft(early, 0)).toMatchObject({ fromMs: expect.closeTo(98_963, -1), byMs: expect.closeTo(99_000, -1) });
  });

  it("counts from now for what is on its way already", () => {
    expect(timeLeft(EVEN, 2_000)?.fromMs).toBe(0);
    expect(timeLeft(EVEN, 2_000)?.byMs).toBeCloseTo(1_860);
  });

  it("has nothing to say of what takes longer than all that was seen", () => {
    expect(timeLeft(EVEN, 4_000)).toBeNull();
    expect(timeLeft([5, 5, 5], 6)).toBeNull();
  });

  it("holds most of those that took as long, whatever was seen", () => {
    fc.assert(
      fc.property(anyQuantiles, fc.integer({ min: 0, max: 600_000 }), (quantiles, ageMs) => {
        const span = timeLeft(quantiles, ageMs);
        if (span === null) return;
        expect(span.byMs).toBeGreaterThanOrEqual(span.fromMs);
        expect(heldShare(quantiles, ageMs, span)).toBeGreaterThan(0.92);
      }),
    );
  });
});

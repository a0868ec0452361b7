import { describe, expect, test } from "vitest";
import type { Violation } from "../state/state";
import { Limiter, type LimiterSettings } from "./limiter";

function limiter(settings: Partial<LimiterSettings> = {}) {
  const violations: Violation[] = [];
  const all: LimiterSettings = { counterMode: "fixed", countRefused: false, limitsEnforced: true, toleranceMs: 0, ...settings };
  return {
    limits: new Limiter(
      () => all,
      (violation) => violations.push(violation),
    ),
    violations,
  };
}

describe("the counters", () => {
  test("say what the observed service said: 2 an hour from the first call, 3406 seconds to wait", () => {
    const { limits, violations } = limiter();
    const start = Date.UTC(2026, 1, 1, 17, 0, 3);
    expect(limits.admit("client", "catalog-v1", start)).toBeNull();
    expect(limits.admit("client", "catalog-v1", start + 9_000)).toBeNull();
    expect(limits.admit("client", "catalog-v1", start + 194_000)).toEqual({ waitSeconds: 3406 });
    expect(limits.admit("client", "catalog-v1", start + 3_599_999)).toEqual({ waitSeconds: 1 });
    expect(limits.admit("client", "catalog-v1", start + 3_600_000)).toBeNull();
    expect(violations).toHaveLength(2);
  });

  test("let a fixed window burst where a sliding log does not", () => {
    for (const [counterMode, expected] of [
      ["fixed", true],
      ["sliding", false],
    ] as const) {
      const { limits } = limiter({ counterMode });
      for (let call = 0; call < 20; call += 1) limits.admit("client", "exchange-rates", call === 0 ? 0 : 59_000 + call);
      expect(limits.admit("client", "exchange-rates", 60_000) === null).toBe(true);
      expect(limits.admit("client", "exchange-rates", 60_001) === null).toBe(expected);
    }
  });

  test("ask for 500 ms between checkouts, to the fraction, counting refused ones", () => {
    const { limits, violations } = limiter();
    expect(limits.admit("client", "checkout", 0)).toBeNull();
    expect(limits.admit("client", "checkout", 499.9)).toEqual({ waitSeconds: 1 });
    expect(limits.admit("client", "checkout", 600)).not.toBeNull();
    expect(limits.admit("client", "checkout-v2", 1100)).toBeNull();
    expect(limits.admit("client", "checkout", 1600)).toBeNull();
    expect(violations.map((violation) => violation.rule)).toEqual(["500 ms between calls", "500 ms between calls"]);
  });

  test("allow a steady 2 a second for ever, in both modes", () => {
    for (const counterMode of ["fixed", "sliding"] as const) {
      const { limits, violations } = limiter({ counterMode });
      for (let call = 0; call < 1000; call += 1) limits.admit("client", "checkout", call * 500);
      expect(violations).toEqual([]);
    }
  });

  test("allow 6 a minute for one product and use up nothing when refused", () => {
    const { limits } = limiter();
    for (let call = 0; call < 6; call += 1) expect(limits.admitProducts("client", "checkout", [1, 1], call * 1000)).toBeNull();
    expect(limits.admitProducts("client", "checkout", [2, 1], 10_000)).toEqual({ waitSeconds: 50 });
    for (let call = 0; call < 6; call += 1) expect(limits.admitProducts("client", "checkout", [2], 20_000)).toBeNull();
    expect(limits.admitProducts("client", "checkout", [1], 60_000)).toBeNull();
  });

  test("are kept per client", () => {
    const { limits } = limiter();
    expect(limits.admit("one", "accounts", 0)).toBeNull();
    expect(limits.admit("two", "accounts", 0)).toBeNull();
    expect(limits.admit("one", "accounts", 999)).not.toBeNull();
  });

  test("can be halved for a while, loosened by a tolerance, stretched by refused calls, and watched only", () => {
    const { limits } = limiter();
    limits.adjust({ endpoint: "order", factor: 0.5, untilMs: 60_000 });
    for (let call = 0; call < 60; call += 1) expect(limits.admit("client", "order", call)).toBeNull();
    expect(limits.admit("client", "order", 100)).not.toBeNull();
    expect(limits.admit("client", "order", 60_000)).toBeNull();

    expect(tooSoon({ toleranceMs: 20 })).toEqual({ refused: false, violations: 0 });
    expect(tooSoon({ toleranceMs: 5 })).toEqual({ refused: true, violations: 1 });
    expect(tooSoon({ limitsEnforced: false })).toEqual({ refused: false, violations: 1 });

    const counting = limiter({ countRefused: true, counterMode: "sliding" }).limits;
    counting.admit("client", "accounts", 0);
    counting.admit("client", "accounts", 900);
    expect(counting.admit("client", "accounts", 1500)).toEqual({ waitSeconds: 1 });
  });
});

function tooSoon(settings: Partial<LimiterSettings>) {
  const { limits, violations } = limiter(settings);
  limits.admit("client", "checkout", 0);
  return { refused: limits.admit("client", "checkout", 490) !== null, violations: violations.length };
}

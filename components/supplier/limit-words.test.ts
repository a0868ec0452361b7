import { describe, expect, it } from "vitest";
import type { SupplierEndpointView, SupplierLimits } from "@/lib/supplier/schemas";
import { budgetWords, guardWords, nextCallWords, nextWords, pauseWords, standstills } from "./limit-words";

const AT = "2026-11-23T12:00:00.000Z";
const limits: SupplierLimits = {
  budget: { limit: 2, windowMs: 1_000, gapMs: 500, source: "default" },
  used: 0,
  ahead: 0,
  nextFreeAt: null,
  guard: { baseMs: 75, nowMs: 75 },
  pausedUntil: null,
  breaker: { state: "closed", since: null, failures: 0 },
};
const endpoint = (changes: Partial<SupplierEndpointView> = {}): SupplierEndpointView => ({
  endpoint: "placeOrder",
  calls: 0,
  outcomes: [],
  throttled: 0,
  p50Ms: null,
  p95Ms: null,
  limits,
  pausedFor: null,
  ...changes,
});

describe("budgetWords", () => {
  it("tells the gap only where there is one", () => {
    expect(budgetWords(limits.budget)).toBe("2 in 1 s, 500 ms apart");
    expect(budgetWords({ limit: 120, windowMs: 60_000, gapMs: 0, source: "default" })).toBe("120 in 1 min");
  });
});

describe("nextWords", () => {
  it.each([
    [null, "Now"],
    ["2026-11-23T11:59:59.000Z", "Now"],
    [AT, "Now"],
    ["2026-11-23T12:00:00.350Z", "in 350 ms"],
    ["2026-11-23T12:00:42.000Z", "in 42 s"],
  ])("%s", (time, words) => {
    expect(nextWords(time, AT)).toBe(words);
  });

  it("gives the clock where it is long", () => {
    expect(nextWords("2026-11-23T12:30:00.000Z", AT)).toMatch(/^at \d\d:\d\d:\d\d$/);
  });
});

it("while a breaker is not closed, only a probe may go", () => {
  expect(nextCallWords(limits, AT)).toBe("Now");
  expect(nextCallWords({ ...limits, breaker: { state: "half_open", since: AT, failures: 5 } }, AT)).toBe("One probe at a time");
});

it("a guard says that it is widened only while it is", () => {
  expect(guardWords({ baseMs: 75, nowMs: 75.3 })).toBe("75 ms");
  expect(guardWords({ baseMs: 75, nowMs: 150 })).toBe("150 ms, widened from 75 ms");
});

describe("what stands still", () => {
  it("is nothing while all is well", () => {
    expect(standstills({ endpoints: [endpoint(), endpoint({ endpoint: "catalog" })] })).toEqual([]);
    expect(pauseWords(endpoint())).toBeNull();
  });

  it("is a pause for placing orders, with its reason", () => {
    const paused = endpoint({ limits: { ...limits, pausedUntil: AT }, pausedFor: "throttled" });
    expect(standstills({ endpoints: [paused] })).toEqual([expect.stringMatching(/Paused until .*429/)]);
    expect(standstills({ endpoints: [{ ...paused, endpoint: "catalog" }] })).toEqual([]);
  });

  it("is an open breaker of what purchases need, while it is probed too", () => {
    const open = (state: "open" | "half_open") => ({ ...limits, breaker: { state, since: AT, failures: 5 } });
    expect(standstills({ endpoints: [endpoint({ limits: open("open") })] })).toEqual([
      expect.stringContaining("may be cancelled"),
    ]);
    expect(standstills({ endpoints: [endpoint({ endpoint: "getOrder", limits: open("half_open") })] })).toHaveLength(1);
    expect(standstills({ endpoints: [endpoint({ endpoint: "exchangeRates", limits: open("open") })] })).toEqual([]);
  });

  it("is everything while the shared memory is away", () => {
    expect(standstills({ endpoints: [endpoint({ limits: null })] })).toEqual([expect.stringContaining("cannot be read")]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ATTEMPT_OVER_MS, type AttemptFact, type DispatchFacts, nextAction, READ_LAG_MS } from "./next-action";

const NOW = 1_000_000_000;
const facts = (over: Partial<DispatchFacts>): DispatchFacts => ({
  status: "prepared",
  attempts: [],
  lastRead: null,
  reads: 0,
  placedAtMs: null,
  inDoubtSinceMs: null,
  escalated: false,
  hinted: false,
  reportedOpenAtMs: null,
  firstReadMs: 2_000,
  inReport: false,
  ...over,
});
const attempt = (outcome: AttemptFact["outcome"], endedAgoMs = 1_000, reason: string | null = null): AttemptFact => ({
  startedAtMs: NOW - endedAgoMs - 100,
  finishedAtMs: outcome === null ? null : NOW - endedAgoMs,
  outcome,
  reason,
});

describe("nextAction", () => {
  it("posts what was never attempted, or only throttled", () => {
    expect(nextAction(facts({}), NOW)).toEqual({ kind: "post" });
    expect(nextAction(facts({ attempts: [attempt("throttled")] }), NOW)).toEqual({ kind: "post" });
  });

  it("leaves an attempt alone while it may be in flight, then asks", () => {
    const open = attempt(null);
    expect(nextAction(facts({ attempts: [open] }), NOW)).toEqual({ kind: "wait", untilMs: open.startedAtMs + ATTEMPT_OVER_MS });
    expect(nextAction(facts({ attempts: [open] }), open.startedAtMs + ATTEMPT_OVER_MS)).toEqual({ kind: "ask" });
  });

  it("asks first after an unclear attempt, and does not trust an early not-found", () => {
    const attempts = [attempt("unknown", 2_000)];
    expect(nextAction(facts({ attempts }), NOW)).toEqual({ kind: "ask" });
    const early = { atMs: NOW - 1_000, result: "not_found" } as const;
    expect(nextAction(facts({ attempts, lastRead: early, reads: 1 }), NOW).kind).toBe("wait");
  });

  it("posts the same request again once it is not found for longer than reads lag", () => {
    const attempts = [attempt("unknown", READ_LAG_MS + 5_000)];
    expect(nextAction(facts({ attempts, lastRead: { atMs: NOW - 1_000, result: "not_found" }, reads: 2 }), NOW)).toEqual({
      kind: "post",
    });
    expect(nextAction(facts({ attempts, lastRead: { atMs: NOW - 1_000, result: "unclear" }, reads: 2 }), NOW).kind).not.toBe(
      "post",
    );
  });

  it("rejects on the line's fault, waits on ours", () => {
    expect(nextAction(facts({ attempts: [attempt("rejected", 10, "ProductIsOutOfStock")] }), NOW)).toEqual({
      kind: "reject",
      reason: "ProductIsOutOfStock",
    });
    expect(nextAction(facts({ attempts: [attempt("rejected", 10, "InsufficientBalance")] }), NOW).kind).toBe("wait");
    expect(nextAction(facts({ attempts: [attempt("rejected", 120_000, "InsufficientBalance")] }), NOW)).toEqual({ kind: "post" });
  });

  it("tries what is our fault again ever later, up to a quarter of an hour, and never gives it up", () => {
    const refusals = (count: number) => Array.from({ length: count }, () => attempt("rejected", 1_000, "InsufficientBalance"));
    const waits = [1, 2, 3, 4, 5, 6, 40].map((count) => {
      const next = nextAction(facts({ attempts: refusals(count) }), NOW);
      return next.kind === "wait" ? Math.round((next.untilMs - NOW + 1_000) / 60_000) : next.kind;
    });
    expect(waits).toEqual([1, 2, 4, 8, 15, 15, 15]);
  });

  it("does not take a refusal as definite while an earlier attempt is unknown", () => {
    const attempts = [attempt("unknown", 60_000), attempt("rejected", 1_000, "ProductIsOutOfStock")];
    expect(nextAction(facts({ attempts }), NOW)).toEqual({ kind: "ask" });
    const read = { atMs: NOW, result: "not_found" } as const;
    for (const laterMs of [0, 60_000, 3_600_000]) {
      expect(["wait", "ask"]).toContain(nextAction(facts({ attempts, lastRead: read, reads: 3 }), NOW + laterMs).kind);
    }
  });

  it("reads a placed dispatch when due, or at once when a callback came", () => {
    expect(nextAction(facts({ status: "placed", placedAtMs: NOW }), NOW)).toEqual({ kind: "wait", untilMs: NOW + 2_000 });
    expect(nextAction(facts({ status: "placed", placedAtMs: NOW, hinted: true }), NOW)).toEqual({ kind: "ask" });
    expect(nextAction(facts({ status: "placed", placedAtMs: NOW - 5_000 }), NOW)).toEqual({ kind: "ask" });
  });

  it("waits for the learned time, then ever longer, up to a minute", () => {
    const placed = facts({ status: "placed", placedAtMs: NOW, firstReadMs: 700 });
    expect(nextAction(placed, NOW)).toEqual({ kind: "wait", untilMs: NOW + 700 });
    expect(nextAction(placed, NOW + 700)).toEqual({ kind: "ask" });
    const openFor = (reads: number) => {
      const next = nextAction({ ...placed, reads, lastRead: { atMs: NOW + 700, result: "open" } }, NOW + 700);
      return next.kind === "wait" ? next.untilMs - NOW - 700 : next.kind;
    };
    expect([1, 2, 3, 7, 8, 40].map(openFor)).toEqual([700, 1_400, 2_800, 44_800, 60_000, 60_000]);
  });

  it("does not take the learned time for a read that told nothing", () => {
    const placed = facts({ status: "placed", placedAtMs: NOW, firstReadMs: 45_000, reads: 1 });
    expect(nextAction({ ...placed, lastRead: { atMs: NOW, result: "unclear" } }, NOW)).toEqual({
      kind: "wait",
      untilMs: NOW + 2_000,
    });
  });

  it("leaves what the report named as open for a minute, unless there is news", () => {
    const named = facts({ status: "placed", placedAtMs: NOW - 50_000, reportedOpenAtMs: NOW - 1_000 });
    expect(nextAction(named, NOW)).toEqual({ kind: "wait", untilMs: NOW + 59_000 });
    expect(nextAction(named, NOW + 59_000)).toEqual({ kind: "ask" });
    expect(nextAction({ ...named, hinted: true }, NOW)).toEqual({ kind: "ask" });
    expect(nextAction({ ...named, reportedOpenAtMs: NOW - 40_000 }, NOW)).toEqual({ kind: "wait", untilMs: NOW + 20_000 });
    // What the report said before it was placed tells nothing of it.
    expect(nextAction({ ...named, reportedOpenAtMs: NOW - 51_000 }, NOW)).toEqual({ kind: "ask" });
  });

  it("escalates what stays in doubt, once", () => {
    const doubtful = facts({ attempts: [attempt("unknown", 3_600_000)], inDoubtSinceMs: NOW - 3_600_000 });
    expect(nextAction(doubtful, NOW)).toEqual({ kind: "escalate" });
    expect(nextAction({ ...doubtful, escalated: true }, NOW)).toEqual({ kind: "ask" });
  });

  it("never gives up a purchase that may have been made, whatever was recorded", () => {
    const anyAttempt = fc.record({
      startedAtMs: fc.integer({ min: 0, max: NOW }),
      finishedAtMs: fc.option(fc.integer({ min: 0, max: NOW })),
      outcome: fc.constantFrom("placed" as const, "rejected" as const, "throttled" as const, "unknown" as const, null),
      reason: fc.constantFrom("ProductIsOutOfStock", "InsufficientBalance", null),
    });
    const anyFacts = fc.record({
      status: fc.constantFrom("prepared" as const, "placed" as const),
      attempts: fc.array(anyAttempt, { maxLength: 8 }),
      lastRead: fc.option(
        fc.record({
          atMs: fc.integer({ min: 0, max: NOW }),
          result: fc.constantFrom("not_found" as const, "open" as const, "unclear" as const),
        }),
      ),
      reads: fc.integer({ min: 0, max: 50 }),
      placedAtMs: fc.option(fc.integer({ min: 0, max: NOW })),
      inDoubtSinceMs: fc.option(fc.integer({ min: 0, max: NOW })),
      escalated: fc.boolean(),
      hinted: fc.boolean(),
      reportedOpenAtMs: fc.option(fc.integer({ min: 0, max: NOW })),
      firstReadMs: fc.integer({ min: 500, max: 60_000 }),
      inReport: fc.boolean(),
    });
    fc.assert(
      fc.property(anyFacts, fc.integer({ min: NOW, max: NOW + 10 ** 9 }), (given, nowMs) => {
        const action = nextAction(given, nowMs);
        const mayHaveBeenMade =
          given.status === "placed" ||
          given.attempts.some(({ outcome }) => outcome === "unknown" || outcome === null || outcome === "placed");
        if (mayHaveBeenMade) expect(action.kind).not.toBe("reject");
        if (given.inReport && given.attempts.length === 0) expect(action.kind).not.toBe("post");
        if (action.kind === "wait") expect(action.untilMs).toBeGreaterThan(nowMs);
      }),
      { numRuns: 2_000 },
    );
  });
});

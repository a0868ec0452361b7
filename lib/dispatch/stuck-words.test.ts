import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ATTEMPT_OVER_MS, type AttemptFact, type DispatchFacts, nextAction } from "./next-action";
import { adviceFor, lastAnswer, nextStep } from "./stuck-words";

const NOW_MS = Date.UTC(2026, 0, 1, 12);
const MINUTE_MS = 60_000;

const facts = (change: Partial<DispatchFacts>): DispatchFacts => ({
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
  ...change,
});

const attempt = (change: Partial<AttemptFact>): AttemptFact => ({
  startedAtMs: NOW_MS - 10 * MINUTE_MS,
  finishedAtMs: NOW_MS - 9 * MINUTE_MS,
  outcome: "unknown",
  reason: "cut",
  ...change,
});

const pastMs = fc.integer({ min: NOW_MS - 120 * MINUTE_MS, max: NOW_MS });

const anyFacts: fc.Arbitrary<DispatchFacts> = fc.record({
  status: fc.constantFrom("prepared", "placed", "settled", "rejected"),
  attempts: fc.array(
    fc
      .record({
        startedAtMs: pastMs,
        outcome: fc.constantFrom("placed", "rejected", "throttled", "unknown", null),
        reason: fc.constantFrom(null, "ProductIsOutOfStock", "InsufficientBalance", "cut"),
      })
      .map((made): AttemptFact => ({ ...made, finishedAtMs: made.outcome === null ? null : made.startedAtMs + 500 })),
    { maxLength: 8 },
  ),
  lastRead: fc.option(fc.record({ atMs: pastMs, result: fc.constantFrom("not_found", "open", "final", "unclear") })),
  reads: fc.nat(20),
  placedAtMs: fc.option(pastMs),
  inDoubtSinceMs: fc.option(pastMs),
  escalated: fc.boolean(),
  hinted: fc.boolean(),
  reportedOpenAtMs: fc.option(pastMs),
  firstReadMs: fc.integer({ min: 500, max: 60_000 }),
  inReport: fc.boolean(),
});

describe("nextStep", () => {
  it("says for any facts what the decision leads to, now or at a time to come", () => {
    fc.assert(
      fc.property(anyFacts, (made) => {
        const step = nextStep(made, NOW_MS);
        if (step.atMs !== null) expect(step.atMs).toBeGreaterThan(NOW_MS);
        const decided = nextAction({ ...made, escalated: true }, step.atMs ?? NOW_MS);
        expect(decided.kind).toBe(step.action);
      }),
    );
  });

  it("looks through a wait to what comes after it", () => {
    const inFlight = facts({
      attempts: [attempt({ startedAtMs: NOW_MS - 1_000, finishedAtMs: null, outcome: null, reason: null })],
    });
    expect(nextStep(inFlight, NOW_MS)).toMatchObject({ action: "ask", atMs: NOW_MS + ATTEMPT_OVER_MS - 1_000 });
    expect(nextStep(facts({ status: "settled" }), NOW_MS)).toMatchObject({ action: "done", atMs: null });
  });
});

describe("lastAnswer", () => {
  it("is the later of the last request and the last read", () => {
    const sent = attempt({ finishedAtMs: NOW_MS - 2_000, reason: "HTTP 502" });
    const told = { status: "prepared", attempt: sent, supplierStatus: "Processing" } as const;
    expect(lastAnswer({ ...told, read: { atMs: NOW_MS - 3_000, result: "open" } }).words).toContain("HTTP 502");
    expect(lastAnswer({ ...told, read: { atMs: NOW_MS - 1_000, result: "open" } })).toEqual({
      words: "The supplier has it and is not done: Processing.",
      atMs: NOW_MS - 1_000,
    });
    expect(lastAnswer({ ...told, attempt: null, read: null }).atMs).toBeNull();
  });
});

it("speaks of a first request as one, and of another only where one was sent", () => {
  expect(nextStep(facts({}), NOW_MS)).toMatchObject({ action: "post", words: expect.stringContaining("first time") });
  const throttled = attempt({ outcome: "throttled", reason: null });
  for (const attempts of [[], [throttled]]) expect(nextStep(facts({ attempts }), NOW_MS).words).not.toContain("again");
  const refused = attempt({ outcome: "rejected", reason: "InsufficientBalance" });
  expect(nextStep(facts({ attempts: [throttled, refused] }), NOW_MS).words).toContain("again");
  const told = { status: "prepared", attempt: throttled, read: null, supplierStatus: null } as const;
  expect(lastAnswer(told).words).toContain("not taken in");
});

describe("adviceFor", () => {
  it("advises to ask, and speaks of confirming, only where a read can tell something", () => {
    fc.assert(
      fc.property(anyFacts, fc.option(fc.nat()), (made, orderId) => {
        const advised = /ask the supplier|being confirmed/i.test(adviceFor(made, orderId).join(" "));
        const anHourOnMs = NOW_MS + 60 * MINUTE_MS;
        const reads = nextAction({ ...made, escalated: true, hinted: true, lastRead: null }, anHourOnMs).kind === "ask";
        expect(advised).toBe(reads);
      }),
    );
  });

  it("names our own fault where there is one, and never a refund or a second purchase", () => {
    const ours = adviceFor(facts({ attempts: [attempt({ outcome: "rejected", reason: "InsufficientBalance" })] }), null);
    expect(ours[0]).toContain("InsufficientBalance");
    fc.assert(
      fc.property(anyFacts, fc.option(fc.nat()), (made, orderId) => {
        const advice = adviceFor(made, orderId);
        expect(advice.length).toBeGreaterThan(0);
        expect(advice.join(" ")).not.toMatch(/refund|buy again|order again/i);
      }),
    );
  });
});

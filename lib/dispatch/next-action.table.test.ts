import { describe, expect, it } from "vitest";
import { ATTEMPT_OVER_MS, type AttemptFact, type DispatchFacts, type NextAction, nextAction, READ_LAG_MS } from "./next-action";

/*
 * Every combination of what can be recorded, over representative times: no sampling. Each must get an answer, and each answer must be
 * one that the purchase protocol allows.
 */
const NOW = 10_000_000_000;
const MINUTE = 60_000;
const AGES = [1_000, READ_LAG_MS + 5_000, ATTEMPT_OVER_MS + 5_000, 20 * MINUTE];
const OUTCOMES: Pick<AttemptFact, "outcome" | "reason">[] = [
  { outcome: "placed", reason: null },
  { outcome: "rejected", reason: "ProductIsOutOfStock" },
  { outcome: "rejected", reason: "InsufficientBalance" },
  { outcome: "rejected", reason: "a word nobody has heard" },
  { outcome: "throttled", reason: null },
  { outcome: "unknown", reason: "timeout" },
  { outcome: null, reason: null },
];
const oneAttempt = OUTCOMES.flatMap((told) =>
  AGES.map(
    (age): AttemptFact => ({ ...told, startedAtMs: NOW - age - 500, finishedAtMs: told.outcome === null ? null : NOW - age }),
  ),
);
const histories: AttemptFact[][] = [
  [],
  ...oneAttempt.map((attempt) => [attempt]),
  ...oneAttempt.flatMap((first) =>
    oneAttempt.filter((last) => last.startedAtMs >= first.startedAtMs).map((last) => [first, last]),
  ),
];
const reads: DispatchFacts["lastRead"][] = [
  null,
  ...(["not_found", "open", "final", "unclear"] as const).flatMap((result) =>
    [0, 3_000, 30 * MINUTE].map((age) => ({ atMs: NOW - age, result })),
  ),
];
const flags = [false, true];
const everything: DispatchFacts[] = (["prepared", "placed", "settled", "rejected"] as const).flatMap((status) =>
  histories.flatMap((attempts) =>
    reads.flatMap((lastRead) =>
      flags.flatMap((escalated) =>
        flags.flatMap((hinted) =>
          flags.map((inReport) => ({
            reportedOpenAtMs: inReport ? NOW - 10_000 : null,
            firstReadMs: inReport ? 60_000 : 2_000,
            status,
            attempts,
            lastRead,
            reads: lastRead ? 3 : 0,
            placedAtMs: status === "placed" ? NOW - MINUTE : null,
            inDoubtSinceMs: attempts.some(({ outcome }) => outcome === "unknown") ? (attempts[0]?.startedAtMs ?? null) : null,
            escalated,
            hinted,
            inReport,
          })),
        ),
      ),
    ),
  ),
);

const mayHaveBeenMade = ({ outcome }: AttemptFact) => outcome === "unknown" || outcome === null || outcome === "placed";
const inFlight = ({ outcome, startedAtMs }: AttemptFact) => outcome === null && NOW - startedAtMs < ATTEMPT_OVER_MS;

describe(`nextAction over all ${everything.length.toLocaleString("en")} combinations`, () => {
  const met = new Map<NextAction["kind"], number>();
  /** The first facts that break a rule, for a readable failure; undefined when none does. */
  const firstBreach = (holds: (facts: DispatchFacts, action: NextAction) => boolean) => {
    const breach = everything.find((facts) => !holds(facts, nextAction(facts, NOW)));
    return breach && { facts: breach, action: nextAction(breach, NOW) };
  };

  it("answers each, and uses every answer", () => {
    for (const facts of everything) {
      const { kind } = nextAction(facts, NOW);
      met.set(kind, (met.get(kind) ?? 0) + 1);
    }
    expect([...met.keys()].sort()).toEqual(["ask", "done", "escalate", "post", "reject", "wait"]);
  });

  it("is done with what is over, and only with that", () => {
    expect(
      firstBreach(({ status }, { kind }) => (kind === "done") === (status === "settled" || status === "rejected")),
    ).toBeUndefined();
  });

  it("gives up on a definite no only: the line's fault, and no attempt that may have bought", () => {
    expect(
      firstBreach(
        ({ status, attempts, inReport }, action) =>
          action.kind !== "reject" ||
          (status === "prepared" && !inReport && action.reason === "ProductIsOutOfStock" && !attempts.some(mayHaveBeenMade)),
      ),
    ).toBeUndefined();
  });

  it("posts only what is not known to be placed, never beside a request in flight, never before asking once it may have bought", () => {
    expect(
      firstBreach(
        ({ status, attempts, lastRead, inReport }, { kind }) =>
          kind !== "post" ||
          (status === "prepared" &&
            !attempts.some(inFlight) &&
            attempts.every(({ outcome }) => outcome !== "placed") &&
            (!attempts.some(mayHaveBeenMade) || lastRead?.result === "not_found") &&
            !inReport),
      ),
    ).toBeUndefined();
  });

  it("waits until a moment to come, and no longer than a quarter of an hour", () => {
    expect(
      firstBreach((_, action) => action.kind !== "wait" || (action.untilMs > NOW && action.untilMs <= NOW + 15 * MINUTE)),
    ).toBeUndefined();
  });

  it("hands to people once", () => {
    expect(firstBreach(({ escalated }, { kind }) => kind !== "escalate" || !escalated)).toBeUndefined();
  });

  it("asks at once when there is news of what is placed", () => {
    expect(
      firstBreach(({ status, hinted, escalated }, { kind }) => !(status === "placed" && hinted && escalated) || kind === "ask"),
    ).toBeUndefined();
  });
});

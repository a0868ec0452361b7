import { type AttemptFact, type DispatchFacts, faultOf, nextAction } from "./next-action";
import type { StuckDetail } from "./stuck.schemas";

/** What the supplier told last of a purchase, whichever of the two is later. */
export interface Told {
  status: DispatchFacts["status"];
  attempt: AttemptFact | null;
  read: DispatchFacts["lastRead"];
  supplierStatus: string | null;
}

export function lastAnswer({ status, attempt, read, supplierStatus }: Told): { words: string; atMs: number | null } {
  const attemptAtMs = attempt ? (attempt.finishedAtMs ?? attempt.startedAtMs) : null;
  if (read && (attemptAtMs === null || read.atMs >= attemptAtMs))
    return { words: readResultWords(status, read.result, supplierStatus), atMs: read.atMs };
  // Not every throttled attempt was sent: one that missed its slot is noted the same way.
  if (attempt?.outcome === "throttled")
    return { words: "The request was not taken in: the limits left no room.", atMs: attemptAtMs };
  if (attempt) return { words: attemptWords(attempt.outcome, attempt.reason), atMs: attemptAtMs };
  return { words: "Nothing was sent to the supplier yet.", atMs: null };
}

/** One request, in a sentence. */
export function attemptWords(outcome: AttemptFact["outcome"], reason: string | null): string {
  switch (outcome) {
    case "placed":
      return "The supplier has taken the request in.";
    case "rejected":
      return `The supplier refused the request: ${reason ?? "no reason given"}.`;
    case "throttled":
      return "Too many requests at that moment: this one was not taken in.";
    case "unknown":
      return `No clear answer to the request: ${reason ?? "cause unknown"}. It may have been taken in.`;
    case null:
      return "No answer was written down. The request may have been sent and taken in.";
  }
}

const CALL_WORDS: Record<string, string> = {
  found: "The supplier has the purchase.",
  not_found: "Not known there. A read may lag behind, so this proves nothing by itself.",
  throttled: "Too many reads at that moment: not answered.",
  unclear: "No readable answer.",
};

/** One read, by the outcome that was noted with the call. */
export const readWords = (outcome: string): string => CALL_WORDS[outcome] ?? outcome;

function readResultWords(
  ours: DispatchFacts["status"],
  result: NonNullable<DispatchFacts["lastRead"]>["result"],
  supplierStatus: string | null,
): string {
  const status = supplierStatus ?? "no status";
  switch (result) {
    case "not_found":
      return "A read did not find it there. Reads may lag behind, so this proves nothing by itself.";
    case "open":
      return `The supplier has it and is not done: ${status}.`;
    case "final":
      return ours === "settled"
        ? `The supplier gave its final answer: ${status}.`
        : `The supplier says that it is over (${status}), but it could not be settled here yet: a card unaccounted for, or a fault of ours.`;
    case "unclear":
      return "A read got no readable answer.";
  }
}

type Next = Pick<StuckDetail["next"], "action" | "words"> & { atMs: number | null };

/** Waits may follow one another (a request in flight, then a due read); more than this would be a fault of the decision. */
const MAX_WAITS = 3;

/** What `nextAction` will lead to and when; a hand-over to people comes on top and is shown apart. */
export function nextStep(facts: DispatchFacts, nowMs: number): Next {
  const seen = { ...facts, escalated: true };
  let atMs: number | null = null;
  for (let turn = 0; turn <= MAX_WAITS; turn++) {
    const next = nextAction(seen, atMs ?? nowMs);
    switch (next.kind) {
      case "wait":
        atMs = next.untilMs;
        break;
      case "post":
        return {
          action: "post",
          atMs,
          words: postWords(facts),
        };
      case "ask":
        return { action: "ask", atMs, words: "The supplier is asked what became of this RequestId." };
      case "reject":
        return {
          action: "reject",
          atMs,
          words: `Every attempt was refused (${next.reason}): its cards fail and their money goes back.`,
        };
      case "escalate":
      case "done":
        return { action: "done", atMs: null, words: "This purchase is over." };
    }
  }
  throw new Error("The decision of what to do with a dispatch only ever waits");
}

function postWords({ attempts }: DispatchFacts): string {
  if (attempts.length === 0) return "The request goes out for the first time.";
  return attempts.every(({ outcome }) => outcome === "throttled")
    ? "The request goes out: none was taken in so far."
    : "The same request goes out again, with the same RequestId, so it cannot buy twice.";
}

/** What a person can do about it. There is deliberately nothing here that gives money back or buys anew. */
export function adviceFor(facts: DispatchFacts, supplierOrderId: number | null): string[] {
  if (facts.status === "settled" || facts.status === "rejected")
    return ["Nothing is left to do. The orders show what was delivered and what was returned."];
  const real = facts.attempts.filter(({ outcome }) => outcome !== "throttled");
  const last = real.at(-1);
  const mend =
    last?.outcome === "rejected" && faultOf(last.reason ?? "") !== "line"
      ? [`Mend what the supplier refused us for (${last.reason ?? "no reason given"}): account, balance or set-up.`]
      : [];
  // Then the supplier surely does not have it, and `nextAction` never reads.
  if (facts.status === "prepared" && !facts.inReport && real.every(({ outcome }) => outcome === "rejected")) {
    if (!last)
      return ["Nothing needs doing: the supplier has not taken it in, and it goes out by itself as soon as the limits allow."];
    if (mend.length === 0) return ["Nothing needs doing: it was refused for good, so its money goes back by itself."];
    return [
      ...mend,
      "It goes out again by itself, with the same RequestId, until the supplier takes it in.",
      "Tell the partners that their order is delayed: it keeps its place, and their money is held.",
    ];
  }
  return [
    ...mend,
    "Ask the supplier again: it is read at once instead of at the next turn.",
    supplierOrderId !== null
      ? `Ask the supplier's support about their order ${supplierOrderId}, naming the RequestId.`
      : facts.status === "placed"
        ? "Ask the supplier's support what keeps it, naming the RequestId: they have taken it in."
        : "Look for the RequestId in the supplier's own portal, or ask their support whether they ever took it in.",
    "Tell the partners that their order is being confirmed: their money is held, neither taken nor returned.",
  ];
}

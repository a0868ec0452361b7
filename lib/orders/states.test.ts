import { describe, expect, it } from "vitest";
import { isFinal, LINE_MOVES, LINE_STATES, ORDER_MOVES, ORDER_STATES, statesBefore } from "./states.shared";

const MACHINES: [string, readonly string[], Readonly<Record<string, readonly string[]>>][] = [
  ["orders", ORDER_STATES, ORDER_MOVES],
  ["lines", LINE_STATES, LINE_MOVES],
];
const FINAL = ["completed", "partially_completed", "failed", "cancelled"];

/** Every state that can come of `start`, itself included. Ends because a state is entered once. */
function reachable(moves: Readonly<Record<string, readonly string[]>>, start: string): string[] {
  const seen = new Set([start]);
  for (const state of seen) for (const next of moves[state] ?? []) seen.add(next);
  return [...seen];
}

describe.each(MACHINES)("the states of %s", (_, states, moves) => {
  it("can all be reached from queued", () => {
    expect(reachable(moves, "queued").sort()).toEqual([...states].sort());
  });

  it.each(states.filter((state) => !FINAL.includes(state)))("%s has a way to an end", (state) => {
    expect(moves[state]?.length).toBeGreaterThan(0);
    expect(reachable(moves, state).some((end) => FINAL.includes(end))).toBe(true);
  });

  it("have no way out of an end", () => {
    expect(states.filter((state) => moves[state]?.length === 0).sort()).toEqual([...FINAL].sort());
  });

  it("never go back to queued, and are cancelled from there only", () => {
    expect(states.filter((state) => moves[state]?.includes("queued"))).toEqual([]);
    expect(states.filter((state) => moves[state]?.includes("cancelled"))).toEqual(["queued"]);
  });
});

it("isFinal names the ends", () => {
  expect(ORDER_STATES.filter(isFinal)).toEqual(FINAL);
});

it.each([
  ["queued", []],
  ["processing", ["queued", "confirming"]],
  ["confirming", ["processing"]],
  ["completed", ["processing", "confirming"]],
  ["cancelled", ["queued"]],
] as const)("%s follows on %j", (to, before) => {
  expect(statesBefore(to)).toEqual(before);
});

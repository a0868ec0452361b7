import { describe, expect, it } from "vitest";
import { FAULT_KINDS, type FaultKind } from "./engine/faults";
import { emptyTally, type Tally } from "./engine/tally";
import { runSeed } from "./run-seed";

const SEEDS = 1_000;
const FEW_SEEDS = 60;
const MET = [
  "halves",
  "joined purchases",
  "orders bought in parts",
  "shortages shared",
  "duplicates caught",
  "kept back at the last moment",
  "departed again",
  "breakers opened",
  "probes",
  "events suppressed",
  "told open by the report",
  "told over by the report",
];
/** What a fault cannot happen without. */
const WITH: Partial<Record<FaultKind, FaultKind>> = { "probe-dies": "supplier-away" };

function simulate(seeds: number, only: ReadonlySet<FaultKind> | null): { tally: Tally; broken: string[] } {
  const tally = emptyTally();
  const broken: string[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const { violation } = runSeed({ seed, tally, only });
    if (violation) broken.push(`${seed}: ${violation.invariant}: ${violation.detail}`);
  }
  return { tally, broken };
}

describe("a mixture of all faults", () => {
  const { tally, broken } = simulate(SEEDS, null);

  it("breaks no promise", () => {
    expect(broken).toEqual([]);
  });

  it("has every fault happen", () => {
    expect(FAULT_KINDS.filter((kind) => tally.faults[kind] === 0)).toEqual([]);
  });

  it("meets every decision, every end of an order and every kind of answer", () => {
    expect(Object.entries(tally.actions).filter(([, count]) => count === 0)).toEqual([]);
    for (const end of ["completed", "partially_completed", "failed", "cancelled", "refused"])
      expect(tally.orders[end]).toBeGreaterThan(0);
    for (const outcome of ["placed", "rejected", "throttled", "unknown"])
      expect(tally.answers[`POST ${outcome}`]).toBeGreaterThan(0);
    for (const reading of ["open", "final", "not found", "unclear", "throttled"])
      expect(tally.answers[`read ${reading}`]).toBeGreaterThan(0);
    expect(tally.answers["verdict contradicts"]).toBeGreaterThan(0);
    for (const fact of MET) expect(tally.facts[fact], fact).toBeGreaterThan(0);
  });
});

describe("one fault alone", () => {
  it.each(FAULT_KINDS)("%s happens, nothing else does, and no promise breaks", (kind) => {
    const needed = WITH[kind];
    const only = new Set(needed ? [kind, needed] : [kind]);
    const { tally, broken } = simulate(needed ? SEEDS : FEW_SEEDS, only);
    expect(broken).toEqual([]);
    expect(tally.faults[kind]).toBeGreaterThan(0);
    expect(FAULT_KINDS.filter((other) => !only.has(other) && tally.faults[other] !== 0)).toEqual([]);
  });
});

describe("without faults", () => {
  it("completes every order that the wallet covers", () => {
    const { tally, broken } = simulate(FEW_SEEDS, new Set());
    expect(broken).toEqual([]);
    expect(tally.orders.completed).toBeGreaterThan(FEW_SEEDS);
    expect((tally.orders.failed ?? 0) + (tally.orders.partially_completed ?? 0) + (tally.orders.cancelled ?? 0)).toBe(0);
    expect(tally.answers["POST placed"]).toBe(tally.facts.purchases);
  });
});

describe("a seed", () => {
  const trace = (seed: number) => {
    const lines: string[] = [];
    const result = runSeed({ seed, tally: emptyTally(), trace: (atMs, actor, text) => lines.push(`${atMs} ${actor} ${text}`) });
    return { lines, result };
  };

  it("gives the same trace each time, and another seed another", () => {
    for (let seed = 1; seed <= FEW_SEEDS; seed++) expect(trace(seed)).toEqual(trace(seed));
    expect(trace(1).lines).not.toEqual(trace(2).lines);
  });

  it("runs the same whether it is told or not", () => {
    for (let seed = 1; seed <= FEW_SEEDS; seed++) expect(trace(seed).result).toEqual(runSeed({ seed, tally: emptyTally() }));
  });
});

import { expect, it } from "vitest";
import { PLANTED, type PlantedBug } from "./engine/planted";
import { emptyTally } from "./engine/tally";
import { runSeed } from "./run-seed";

const SEEDS = 1_000;

/** Which promise a mistake breaks; some break several. */
const BREAKS: Record<PlantedBug, readonly string[]> = {
  "new-request-id": ["bought once"],
  "refund-after-three": ["released means no card", "bought once"],
  "refund-on-not-found": ["released means no card", "bought once"],
  "cards-not-unique": ["sold once"],
  "claim-unconditional": ["one purchase", "moves"],
  "capture-untied": ["charged once"],
  "refusal-ends-doubt": ["released means no card", "bought once"],
  "believe-contradictions": ["released means no card"],
  "key-ignored": ["replay"],
  "gap-forgotten": ["limits"],
  "balances-unchecked": ["nothing negative"],
  "balances-outlive-rollback": ["sums"],
  "sweep-forgets-prepared": ["ends"],
  "ends-with-a-line": ["ends whole"],
  "card-to-wrong-line": ["right buyer", "charged once", "shortage falls on the last"],
  "departs-without-marker": ["limits"],
  "halves-overlap": ["one purchase", "ends"],
  "claim-takes-cancelled": ["moves", "one purchase"],
  "order-reversed": ["shortage falls on the last"],
  "lands-too-early": ["limits"],
  "any-answer-lands": ["limits"],
  "places-not-taken": ["limits"],
  "sweep-forgets-lines": ["ends"],
  "own-clock": ["ends"],
};

it.each(Object.entries(PLANTED))(`finds within ${SEEDS} seeds that %s (%s)`, (name) => {
  const planted = plantedNamed(name);
  const broken = firstViolation(planted);
  expect(broken, "a violation").toBeDefined();
  expect(BREAKS[planted]).toContain(broken);
});

it(`finds nothing in the same ${SEEDS} seeds where no mistake is planted`, () => {
  expect(firstViolation(null)).toBeUndefined();
});

function firstViolation(planted: PlantedBug | null): string | undefined {
  const tally = emptyTally();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { violation } = runSeed({ seed, tally, planted });
    if (violation) return violation.invariant;
  }
  return undefined;
}

function plantedNamed(name: string): PlantedBug {
  const found = (Object.keys(BREAKS) as PlantedBug[]).find((bug) => bug === name);
  if (!found) throw new Error(`No mistake is named ${name}`);
  return found;
}

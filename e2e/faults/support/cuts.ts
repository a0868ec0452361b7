import type { Await, Cut } from "@/local/testing/cut/cutting-proxy";
import type { Scenario } from "./scenarios";

const CHECKOUT = /^POST \S+\/checkout /;

export interface Counted {
  awaits: readonly Await<string>[];
  /** How many awaits there had been each time that somebody outside was told something, or time passed. */
  spokeAfter: readonly number[];
}

/** Before and after each await of the scenario. */
export function everyCut(scenario: Scenario, { awaits }: Counted): Cut[] {
  return within(scenario, awaits).flatMap(({ number }): Cut[] => [
    { at: number, mode: "before" },
    { at: number, mode: "after" },
  ]);
}

/**
 * The same without those that are another by a second name. While a process awaits one thing at a time and says nothing in between, dying
 * after one await and dying before the next leave the same world.
 */
export function distinctCuts(scenario: Scenario, counted: Counted): Cut[] {
  const { awaits, spokeAfter } = counted;
  // What it said comes by another way than what it asked, so one may overtake the other by a place.
  const spoke = new Set(spokeAfter.flatMap((count) => [count, count - 1]));
  return everyCut(scenario, counted).filter(({ at, mode }) => {
    const [before, here] = [awaits[at - 2], awaits[at - 1]];
    return mode === "after" || !before?.alone || !here?.alone || spoke.has(before.number);
  });
}

/** The awaits that a scenario dies at. Throws when it has fewer checkouts than it names. */
function within({ checkouts = [0, null] }: Pick<Scenario, "checkouts">, awaits: readonly Await<string>[]): Await<string>[] {
  const numbers = awaits.filter(({ what }) => CHECKOUT.test(what)).map(({ number }) => number);
  const [first, last] = checkouts.map((checkout) => (checkout ? numbers[checkout - 1] : checkout));
  if (first === undefined || last === undefined) throw new Error(`There were only ${numbers.length} checkouts`);
  return awaits.filter(({ number }) => number >= (first ?? 0) && number <= (last ?? awaits.length));
}

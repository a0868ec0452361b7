import { FAULT_KINDS, FAULTS } from "./engine/faults";
import type { Tally } from "./engine/tally";
import type { Totals } from "./run-many";

const NAME_WIDTH = 34;
const COUNT_WIDTH = 12;

/** The table for people. */
export function tableOf({ tally, seconds, cpuSeconds }: Totals): string {
  const unmet = FAULT_KINDS.filter((kind) => !tally.faults[kind]);
  return [
    title("Run"),
    line("seeds", tally.seeds),
    line("events", tally.events),
    line("seconds", seconds.toFixed(1)),
    line("seeds per second", Math.round(perSecond(tally.seeds, seconds))),
    line("seeds per second of one core", Math.round(perSecond(tally.seeds, cpuSeconds))),
    ...part("Faults that happened", tally.faults, (name) => FAULT_KINDS.find((kind) => kind === name)),
    unmet.length > 0 ? `  none of: ${unmet.join(", ")}` : "",
    ...part("Orders by their end", tally.orders),
    ...part("What nextAction answered", tally.actions),
    ...part("What answers were taken for", tally.answers),
    ...part("Refused by the database", tally.refusals),
    ...part("Met on the way", tally.facts),
  ]
    .filter((text) => text !== "")
    .join("\n");
}

/** The last line, for machines. */
export function jsonOf({ tally, failed, seconds, cpuSeconds }: Totals): string {
  return JSON.stringify({
    seeds: tally.seeds,
    violations: failed ? 1 : 0,
    seeds_per_s: Math.round(perSecond(tally.seeds, seconds)),
    seeds_per_core_s: Math.round(perSecond(tally.seeds, cpuSeconds)),
    events: tally.events,
    ...(failed ? { failed_seed: failed.seed, invariant: failed.violation?.invariant } : {}),
  });
}

export function perSecond(count: number, seconds: number): number {
  return seconds > 0 ? count / seconds : 0;
}

function part(
  heading: string,
  counts: Tally["faults"],
  kindOf: (name: string) => keyof typeof FAULTS | undefined = () => undefined,
): string[] {
  const met = Object.entries(counts).filter(([, count]) => count > 0);
  if (met.length === 0) return [];
  return [
    title(heading),
    ...met.map(([name, count]) => {
      const kind = kindOf(name);
      return line(name, count, kind && FAULTS[kind][1]);
    }),
  ];
}

const title = (text: string) => `\n${text}`;

function line(name: string, value: number | string, remark = ""): string {
  const text = typeof value === "number" ? value.toLocaleString("en") : value;
  return `  ${name.padEnd(NAME_WIDTH)}${text.padStart(COUNT_WIDTH)}${remark && `  ${remark}`}`;
}

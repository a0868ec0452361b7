import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { FAULT_KINDS, FAULTS, type FaultKind } from "./engine/faults";

export interface Options {
  /** The first seed. */
  seed: number;
  seeds: number;
  /** Only these faults; null for a mixture of all. */
  only: ReadonlySet<FaultKind> | null;
  workers: number;
  /** One seed was named: it is told in full. */
  traced: boolean;
}

const DEFAULT_SEEDS = 10_000;
const MAX_SEED = 2 ** 32 - 1;
const MAX_SEEDS = 1_000_000_000;
const MAX_WORKERS = 64;
export const USAGE = "Usage: npm run simulate -- [--seeds N] [--seed S] [--fault a,b] [--workers W]";

/** Reads the command line. Throws an Error for a person on a number that is none and on a fault that there is not. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: { seeds: { type: "string" }, seed: { type: "string" }, fault: { type: "string" }, workers: { type: "string" } },
  });
  const traced = values.seed !== undefined && values.seeds === undefined;
  const seeds = traced ? 1 : wholeNumber("--seeds", values.seeds, { fallback: DEFAULT_SEEDS, low: 1, high: MAX_SEEDS });
  const seed = wholeNumber("--seed", values.seed, { fallback: 1, low: 0, high: MAX_SEED });
  const cores = Math.min(availableParallelism(), MAX_WORKERS);
  const workers = wholeNumber("--workers", values.workers, { fallback: cores, low: 1, high: MAX_WORKERS });
  return { seed, seeds, only: values.fault === undefined ? null : faultsOf(values.fault), workers, traced };
}

function wholeNumber(
  name: string,
  text: string | undefined,
  { fallback, low, high }: { fallback: number; low: number; high: number },
): number {
  if (text === undefined) return fallback;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw new Error(`${name} takes a whole number from ${low} to ${high}, not "${text}".\n${USAGE}`);
}

function faultsOf(list: string): ReadonlySet<FaultKind> {
  const names = list.split(",").map((name) => name.trim());
  const unknown = names.filter((name) => !FAULT_KINDS.some((kind) => kind === name));
  if (unknown.length === 0) return new Set(FAULT_KINDS.filter((kind) => names.includes(kind)));
  const known = FAULT_KINDS.map((kind) => `  ${kind.padEnd(18)} ${FAULTS[kind][1]}`).join("\n");
  throw new Error(`There is no fault named ${unknown.map((name) => `"${name}"`).join(", ")}. There are:\n${known}\n${USAGE}`);
}

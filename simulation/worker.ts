import type { FaultKind } from "./engine/faults";
import { emptyTally, type Tally } from "./engine/tally";
import { runSeed, type SeedResult } from "./run-seed";

/** Some seeds in a row for one core. */
export interface Batch {
  first: number;
  seeds: number;
  only: ReadonlySet<FaultKind> | null;
}

export interface BatchResult {
  tally: Tally;
  /** The first seed of the batch that violates an invariant; what follows it was not run. */
  failed: SeedResult | null;
  /** User time of this core. */
  cpuSeconds: number;
}

if (process.send) {
  process.on("message", (batch: Batch) => process.send?.(runBatch(batch)));
  // Ctrl-C reaches every process of the terminal; the one that hands out the seeds stops the others.
  process.on("SIGINT", () => {});
}

/** Runs seed after seed, up to the first that fails. */
export function runBatch({ first, seeds, only }: Batch): BatchResult {
  const tally = emptyTally();
  const cpu = process.cpuUsage();
  const cpuSeconds = () => process.cpuUsage(cpu).user / 1_000_000;
  for (let seed = first; seed < first + seeds; seed++) {
    const result = runSeed({ seed, tally, only });
    if (result.violation) return { tally, failed: result, cpuSeconds: cpuSeconds() };
  }
  return { tally, failed: null, cpuSeconds: cpuSeconds() };
}

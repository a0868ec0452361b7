import { fork } from "node:child_process";
import { addTally, emptyTally, type Tally } from "./engine/tally";
import type { Options } from "./options";
import type { SeedResult } from "./run-seed";
import type { Batch, BatchResult } from "./worker";

export interface Totals {
  tally: Tally;
  failed: SeedResult | null;
  seconds: number;
  /** User time spent on seeds, all cores together. */
  cpuSeconds: number;
}

/** Small enough to stop soon, large enough that handing out costs nothing. */
const BATCH_SEEDS = 1_000;
/** A seed is short-lived garbage: a larger young space collects it in fewer rounds. */
const YOUNG_SPACE = "--max-semi-space-size=32";

/** Runs the seeds on several cores. Stops early on a violation, and when `stopped` says so. `progress` hears of each batch. */
export async function runMany(options: Options, progress: (tally: Tally) => void, stopped: () => boolean): Promise<Totals> {
  const startedAt = performance.now();
  const totals: Totals = { tally: emptyTally(), failed: null, seconds: 0, cpuSeconds: 0 };
  const end = options.seed + options.seeds;
  let next = options.seed;
  const take = (): Batch | null => {
    if (next >= end || totals.failed || stopped()) return null;
    const batch = { first: next, seeds: Math.min(BATCH_SEEDS, end - next), only: options.only };
    next += batch.seeds;
    return batch;
  };
  const hear = ({ tally, failed, cpuSeconds }: BatchResult) => {
    totals.cpuSeconds += cpuSeconds;
    addTally(totals.tally, tally);
    if (failed && (!totals.failed || failed.seed < totals.failed.seed)) totals.failed = failed;
    progress(totals.tally);
  };
  const workers = Math.min(options.workers, Math.ceil(options.seeds / BATCH_SEEDS));
  await Promise.all(Array.from({ length: workers }, () => work(take, hear)));
  totals.seconds = (performance.now() - startedAt) / 1_000;
  return totals;
}

/** One core: batch after batch until none is left. */
function work(take: () => Batch | null, hear: (result: BatchResult) => void): Promise<void> {
  const worker = fork(new URL("./worker.ts", import.meta.url), {
    serialization: "advanced",
    execArgv: [...process.execArgv, YOUNG_SPACE],
  });
  const finished = new Promise<void>((resolve, reject) => {
    const hand = () => {
      const batch = take();
      if (batch) worker.send(batch);
      else resolve();
    };
    worker.on("message", (result: BatchResult) => {
      hear(result);
      hand();
    });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`A core of the simulation ended with ${code} before its seeds were run`)));
    hand();
  });
  return finished.finally(() => worker.kill());
}

import type { Pool } from "pg";
import { Batcher } from "../store/batcher";
import { loadRuns } from "../store/load-run";
import type { RunState } from "./run-state";

interface Entry {
  run: Promise<RunState | undefined>;
  holders: number;
  /** The end of the queue of those who change this run. */
  tail: Promise<void>;
}

/**
 * Runs in memory, for as long as someone holds them. One server owns the database, so a run held here is what the tables
 * say; whoever changes it takes its turn, so that parallel steps of one run are decided one after the other.
 */
export class RunCache {
  private readonly entries = new Map<string, Entry>();
  private readonly loaded = new Map<string, RunState>();
  private readonly loader: Batcher<string>;
  private readonly freshLoader: Batcher<string>;

  constructor(pool: Pool) {
    this.loader = new Batcher((ids) => this.load(pool, ids, false));
    this.freshLoader = new Batcher((ids) => this.load(pool, ids, true));
  }

  /** Runs the work with the run held in memory but not locked. `fresh`: it cannot have steps yet. */
  async hold<T>(runId: string, fresh: boolean, work: (run: RunState) => Promise<T>): Promise<T | undefined> {
    const entry = this.enter(runId, fresh);
    try {
      const run = await entry.run;
      return run && !run.ended ? await work(run) : undefined;
    } finally {
      this.leave(runId, entry);
    }
  }

  /** Runs the work as the only one changing this run; undefined if it has ended or is not known. */
  change<T>(runId: string, work: (run: RunState) => Promise<T>): Promise<T | undefined> {
    return this.hold(runId, false, (run) => this.takeTurn(runId, run, work));
  }

  private async takeTurn<T>(runId: string, run: RunState, work: (run: RunState) => Promise<T>): Promise<T | undefined> {
    const entry = this.entries.get(runId);
    if (!entry) return undefined;
    const before = entry.tail;
    let done = () => {};
    entry.tail = new Promise<void>((resolve) => {
      done = resolve;
    });
    await before;
    try {
      return run.ended ? undefined : await work(run);
    } finally {
      done();
    }
  }

  private enter(runId: string, fresh: boolean): Entry {
    const known = this.entries.get(runId);
    if (known) {
      known.holders += 1;
      return known;
    }
    const run = (fresh ? this.freshLoader : this.loader).add(runId).then(() => {
      const state = this.loaded.get(runId);
      this.loaded.delete(runId);
      return state;
    });
    const entry: Entry = { run, holders: 1, tail: Promise.resolve() };
    this.entries.set(runId, entry);
    return entry;
  }

  private leave(runId: string, entry: Entry): void {
    entry.holders -= 1;
    if (entry.holders === 0) this.entries.delete(runId);
  }

  private async load(pool: Pool, ids: readonly string[], fresh: boolean): Promise<void> {
    for (const [id, run] of await loadRuns(pool, ids, fresh)) this.loaded.set(id, run);
  }
}

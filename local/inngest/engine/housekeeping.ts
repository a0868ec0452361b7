import { prune } from "../store/prune";
import type { Engine } from "./engine";

const PRUNE_PAUSE_MS = 60_000;

/** Keeps the tables small, and brings the memory of throttles back at the start. */
export class Housekeeping {
  private interval: NodeJS.Timeout | undefined;

  constructor(private readonly engine: Engine) {}

  async restoreThrottles(): Promise<void> {
    const { rows } = await this.engine.pool.query<{ key: string; arrival_ms: number }>(
      "select key, arrival_ms from inngest.throttles",
    );
    this.engine.admission.restore(rows.map((row) => [row.key, row.arrival_ms] as const));
  }

  start(): void {
    this.interval = setInterval(() => void this.pruneOnce(), PRUNE_PAUSE_MS);
  }

  stop(): void {
    clearInterval(this.interval);
  }

  private async pruneOnce(): Promise<void> {
    try {
      const nowMs = Date.now();
      const deleted = await prune(this.engine.pool, nowMs, this.engine.admission.forget(nowMs));
      if (deleted > 0) this.engine.log(`${deleted} old rows deleted`);
    } catch (error) {
      this.engine.log(`deleting old rows failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

export type CounterMode = "fixed" | "sliding";

/** Longest log a counter keeps; no limit comes near the half of it that survives a trim. */
const MAX_LOG = 100_000;

/** Counts calls in a window, in both ways at once: fixed windows that open at a first call, and a log that slides. */
export class WindowCounter {
  private openedAtMs = Number.NEGATIVE_INFINITY;
  private count = 0;
  private log: number[] = [];

  /** How long until a call at `atMs` would be allowed; 0 if it is. */
  waitMs(mode: CounterMode, limit: number, windowMs: number, atMs: number): number {
    if (mode === "sliding") return this.slidingWaitMs(limit, windowMs, atMs);
    if (atMs - this.openedAtMs >= windowMs || this.count < limit) return 0;
    return this.openedAtMs + windowMs - atMs;
  }

  record(windowMs: number, atMs: number): void {
    if (atMs - this.openedAtMs >= windowMs) {
      this.openedAtMs = atMs;
      this.count = 0;
    }
    this.count += 1;
    this.log.push(atMs);
    if (this.log.length > MAX_LOG) this.log = this.log.slice(-MAX_LOG / 2);
  }

  private slidingWaitMs(limit: number, windowMs: number, atMs: number): number {
    const firstInside = this.log.findIndex((past) => atMs - past < windowMs);
    this.log = firstInside < 0 ? [] : this.log.slice(firstInside);
    const oldestThatCounts = this.log[this.log.length - limit];
    return oldestThatCounts === undefined ? 0 : oldestThatCounts + windowMs - atMs;
  }
}

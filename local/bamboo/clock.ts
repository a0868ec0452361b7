import { performance } from "node:perf_hooks";

/** The longest wait Node's own timers can hold. */
const MAX_TIMEOUT_MS = 2_147_483_647;
/** No advance may fire more timers than this: a timer that re-arms itself at once would never end. */
const MAX_TIMERS_PER_ADVANCE = 1_000_000;

interface Timer {
  atMs: number;
  run: () => void;
  handle?: NodeJS.Timeout;
}

/**
 * The time everything in the sandbox goes by: Unix milliseconds with a fraction, because a gap of 499.9 ms is not one of 500.
 * It runs with the real time, can be moved forward, and can be stopped; timers follow it.
 */
export class SandboxClock {
  private frozenAtMs: number | null = null;
  private readonly timers = new Set<Timer>();

  constructor(private offset = 0) {}

  /** How far ahead of the real time this clock is. */
  get offsetMs(): number {
    return this.offset;
  }

  get frozen(): boolean {
    return this.frozenAtMs !== null;
  }

  now(): number {
    return this.frozenAtMs ?? realNow() + this.offset;
  }

  setOffset(offsetMs: number): void {
    this.offset = offsetMs;
  }

  /** Calls `run` once at that time, or as soon as possible if it is past. Returns the way to call it off. */
  at(atMs: number, run: () => void): () => void {
    const timer: Timer = { atMs, run };
    this.timers.add(timer);
    this.arm(timer);
    return () => this.drop(timer);
  }

  /** Resolves after that much sandbox time. */
  wait(ms: number): Promise<void> {
    return ms <= 0 ? Promise.resolve() : new Promise((resolve) => this.at(this.now() + ms, resolve));
  }

  freeze(): void {
    this.frozenAtMs = this.now();
    this.rearm();
  }

  thaw(): void {
    if (this.frozenAtMs === null) return;
    this.offset = this.frozenAtMs - realNow();
    this.frozenAtMs = null;
    this.rearm();
  }

  /** Moves forward, firing each timer on the way at its own time. */
  advance(ms: number): void {
    const target = this.now() + ms;
    for (let fired = 0; fired < MAX_TIMERS_PER_ADVANCE; fired += 1) {
      const next = this.earliest();
      if (!next || next.atMs > target) break;
      this.moveTo(Math.max(next.atMs, this.now()));
      this.drop(next);
      next.run();
    }
    this.moveTo(target);
    this.rearm();
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer.handle);
    this.timers.clear();
  }

  private moveTo(atMs: number): void {
    if (this.frozenAtMs !== null) this.frozenAtMs = atMs;
    else this.offset = atMs - realNow();
  }

  private earliest(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.timers) if (!first || timer.atMs < first.atMs) first = timer;
    return first;
  }

  private rearm(): void {
    for (const timer of this.timers) this.arm(timer);
  }

  private arm(timer: Timer): void {
    clearTimeout(timer.handle);
    const waitMs = timer.atMs - this.now();
    if (this.frozen && waitMs > 0) return;
    timer.handle = setTimeout(() => this.fire(timer), Math.min(Math.max(0, Math.ceil(waitMs)), MAX_TIMEOUT_MS));
  }

  private fire(timer: Timer): void {
    if (!this.timers.has(timer)) return;
    if (timer.atMs > this.now()) {
      this.arm(timer);
      return;
    }
    this.drop(timer);
    timer.run();
  }

  private drop(timer: Timer): void {
    clearTimeout(timer.handle);
    this.timers.delete(timer);
  }
}

function realNow(): number {
  return performance.timeOrigin + performance.now();
}

/** As Bamboo writes times: no zone, seven fractional digits. */
export function wireTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, -1)}0000`;
}

/** Midnight (UTC) of that time, as reports write it. */
export function wireDay(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 10)}T00:00:00`;
}

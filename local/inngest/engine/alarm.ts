const GRAIN_MS = 5;
/** A timer may fire a little before the clock shows its moment; what is due must then really be due. */
const MARGIN_MS = 2;

/** Rings at each of the moments it is given, rounded up to a few milliseconds; those beyond its horizon are not kept. */
export class Alarm {
  private readonly moments = new Set<number>();
  private timer: NodeJS.Timeout | undefined;
  private timerMs = Number.POSITIVE_INFINITY;

  constructor(
    private readonly horizonMs: number,
    private readonly ring: () => void,
  ) {}

  at(momentMs: number): void {
    const nowMs = Date.now();
    if (momentMs > nowMs + this.horizonMs) return;
    if (momentMs <= nowMs) {
      this.ring();
      return;
    }
    const grainMs = Math.ceil(momentMs / GRAIN_MS) * GRAIN_MS;
    this.moments.add(grainMs);
    if (grainMs < this.timerMs) this.set(grainMs);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.moments.clear();
  }

  private set(momentMs: number): void {
    clearTimeout(this.timer);
    this.timerMs = momentMs;
    this.timer = setTimeout(() => this.fire(), Math.max(0, momentMs - Date.now()) + MARGIN_MS);
  }

  private fire(): void {
    const nowMs = Date.now();
    for (const moment of this.moments) if (moment <= nowMs) this.moments.delete(moment);
    this.timerMs = Number.POSITIVE_INFINITY;
    const next = Math.min(...this.moments);
    if (Number.isFinite(next)) this.set(next);
    this.ring();
  }
}

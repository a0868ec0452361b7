/** What was measured in one cell, over all of its rounds. */
export interface Sample {
  latenciesMs: number[];
  tookMs: number;
}

export interface Summary {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

export const emptySample = (): Sample => ({ latenciesMs: [], tookMs: 0 });

/** Throws for a cell in which nothing ended: it has no figures. */
export function summarise({ latenciesMs, tookMs }: Sample): Summary {
  if (latenciesMs.length === 0 || tookMs <= 0)
    throw new Error("Nothing ended while it was measured. Give each cell more --seconds.");
  const sorted = [...latenciesMs].sort((a, b) => a - b);
  return {
    perSecond: round((sorted.length / tookMs) * 1_000, 0),
    p50Ms: round(percentile(sorted, 50), 2),
    p99Ms: round(percentile(sorted, 99), 2),
  };
}

/** The smallest value that at least `percent` of all are not above. */
export function percentile(sorted: readonly number[], percent: number): number {
  const rank = Math.max(Math.ceil((percent / 100) * sorted.length), 1);
  const value = sorted[rank - 1];
  if (value === undefined) throw new Error("There is no percentile of nothing.");
  return value;
}

export function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

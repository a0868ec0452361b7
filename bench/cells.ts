import type { BenchOptions } from "./bench";
import { drive } from "./drive";
import { emptySample, type Sample, type Summary, summarise } from "./sample";

/** One way of doing the same work, to be set beside others. */
export interface Variant {
  name: string;
  act: (client: number) => Promise<unknown>;
}

export interface Cell extends Summary {
  name: string;
  clients: number;
}

/** Each variant has its turn several times, so that a machine that slows down does so for all of them. */
const ROUNDS = 2;
const WARM_UP_MS = 500;

/** Measures variants side by side with so many clients: a warm-up of each, then turns, until each had its time. */
export async function measureBeside(variants: readonly Variant[], clients: number, options: BenchOptions): Promise<Cell[]> {
  const { seconds, signal } = options;
  const warmUpMs = Math.min(WARM_UP_MS, seconds * 1_000);
  for (const { act } of variants) await drive({ clients, durationMs: warmUpMs, signal, act });
  const samples = new Map<Variant, Sample>(variants.map((variant) => [variant, emptySample()]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [{ act }, sample] of samples)
      await drive({ clients, durationMs: (seconds * 1_000) / ROUNDS, signal, act }, sample);
  }
  return [...samples].map(([{ name }, sample]) => ({ name, clients, ...summarise(sample) }));
}

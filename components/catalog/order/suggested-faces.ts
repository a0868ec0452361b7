import { minorExponent } from "@/lib/money";
import type { MoneyView } from "@/lib/money.schemas";

const COMMON_MAJOR = [5, 10, 15, 20, 25, 50, 75, 100, 150, 200, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 100_000];
const MAX_SUGGESTIONS = 5;

/** A few round face values of a range, spread over it, its smallest first. */
export function suggestedFaces(min: MoneyView, max: MoneyView): MoneyView[] {
  const scale = 10 ** minorExponent(min.currency);
  const between = COMMON_MAJOR.map((major) => major * scale).filter(
    (minor) => minor > min.amountMinor && minor < max.amountMinor,
  );
  const all = [min.amountMinor, ...between, max.amountMinor];
  const step = Math.max(1, (all.length - 1) / (MAX_SUGGESTIONS - 1));
  const picked = new Set<number>();
  for (let index = 0; index < Math.min(MAX_SUGGESTIONS, all.length); index++) {
    const minor = all[Math.round(index * step)];
    if (minor !== undefined) picked.add(minor);
  }
  return [...picked].map((amountMinor) => ({ amountMinor, currency: min.currency }));
}

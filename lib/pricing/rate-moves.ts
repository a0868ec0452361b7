import { divide, fraction, multiply, roundFraction, subtract } from "@/lib/money";
import { WHOLE_BASIS_POINTS } from "./basis-points";
import type { Rates } from "./rates";

/**
 * Currencies have moved so far in a day, but hardly within an hour: a person looks first. Much less would refuse the devaluations that
 * there are, and with them the whole list; what is below this costs at most a quarter of a card, for the hour until the next list.
 */
const MAX_MOVE_BASIS_POINTS = 2_500;
/** One in so many known currencies may be missing. */
const MISSING_ONE_IN = 10;
const MAX_NAMED = 5;

/** How far the rate of a currency went between two lists; null where either has none. */
export function moveBasisPoints(currency: string, now: Rates, last: Rates): number | null {
  const [to, from] = [now.perBase[currency], last.perBase[currency]];
  if (!to || !from) return null;
  const share = subtract(divide(fraction(to), fraction(from)), fraction(1));
  return Number(roundFraction(multiply(share, fraction(WHOLE_BASIS_POINTS))));
}

/**
 * Why a list cannot follow the one in use without a person's word, as a sentence; null if it can. A currency that the one in use lacks is
 * held to what it was in `before`, so that none comes back unlooked at.
 */
export function implausibleMove(now: Rates, last: Rates, before: Rates["perBase"]): string | null {
  const known = Object.keys(last.perBase);
  const missing = known.filter((currency) => !now.perBase[currency]);
  if (missing.length * MISSING_ONE_IN > known.length)
    return `${missing.length} of ${known.length} known currencies are missing: ${named(missing)}.`;
  const lastKnown = { base: last.base, perBase: { ...before, ...last.perBase } };
  const jumped = Object.keys(lastKnown.perBase).flatMap((currency) => {
    const move = moveBasisPoints(currency, now, lastKnown) ?? 0;
    if (Math.abs(move) <= MAX_MOVE_BASIS_POINTS) return [];
    return [`${currency} by ${(move / 100).toFixed(1)} % from ${lastKnown.perBase[currency]} to ${now.perBase[currency]}`];
  });
  return jumped.length > 0
    ? `Moved by more than ${MAX_MOVE_BASIS_POINTS / 100} % since each was last known: ${named(jumped)}.`
    : null;
}

function named(all: readonly string[]): string {
  const rest = all.length - MAX_NAMED;
  return all.slice(0, MAX_NAMED).join(", ") + (rest > 0 ? `, and ${rest} more` : "");
}

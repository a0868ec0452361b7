import { compare, divide, type Fraction, fraction, subtract } from "@/lib/money";
import type { Rates } from "./rates";

interface Peg {
  currency: string;
  /** What it is held to. */
  to: "USD" | "EUR";
  /** Units of the currency for one unit of that. */
  rate: string;
}

/** Held by their central banks for decades. None is near 1, so that each shows which way round a list is. */
const PEGS: readonly Peg[] = [
  { currency: "AED", to: "USD", rate: "3.6725" },
  { currency: "SAR", to: "USD", rate: "3.75" },
  { currency: "QAR", to: "USD", rate: "3.64" },
  { currency: "BHD", to: "USD", rate: "0.376" },
  { currency: "OMR", to: "USD", rate: "0.3845" },
  { currency: "XAF", to: "EUR", rate: "655.957" },
  { currency: "XOF", to: "EUR", rate: "655.957" },
];
/** The one that must be in the list: the sheet of the supplier's API names it. */
const REQUIRED = "AED";
const TOLERANCE = fraction("0.01");

export type Direction =
  /** `why`: the peg that says otherwise, as a sentence. */
  { direction: "documented" | "inverse"; why: string | null } | { direction: "unknown"; why: string };

/**
 * Which way round rates on a base of USD are, by the pegs among them: `documented` is units of the currency for one dollar. A peg that
 * is broken or missing in the list in use, which an admin accepted, is held to what it was there.
 */
export function judgeDirection(rates: Rates, last: Rates | null): Direction {
  const found = PEGS.flatMap((peg) => {
    const value = ratio(rates, peg);
    return value ? [{ ...peg, value }] : [];
  });
  const documented = found.filter(({ value, rate }) => near(value, fraction(rate)));
  const inverse = found.filter(({ value, rate }) => near(divide(fraction(1), value), fraction(rate)));
  if (documented.length === inverse.length) return { direction: "unknown", why: undecided(found.length, documented, inverse) };
  const [direction, agreeing] =
    documented.length > inverse.length ? ["documented" as const, documented] : ["inverse" as const, inverse];
  const broken = found.filter((peg) => {
    const lastValue = last && ratio(last, peg);
    const value = direction === "documented" ? peg.value : divide(fraction(1), peg.value);
    return !agreeing.includes(peg) && !(lastValue && near(value, lastValue));
  });
  // More that broke than hold say nothing about the direction either.
  if (broken.length > 0)
    return { direction: broken.length < agreeing.length ? direction : "unknown", why: disagreeing(broken, rates) };
  const lacks = !rates.perBase[REQUIRED] && !(last && !last.perBase[REQUIRED]);
  return { direction, why: lacks ? `There is no rate for ${REQUIRED}, whose peg every list is held against.` : null };
}

/** Units of the pegged currency for one of what it is held to, if the list is the documented way round. */
function ratio({ perBase }: Rates, { currency, to }: Peg): Fraction | null {
  const [own, other] = [perBase[currency], to === "USD" ? "1" : perBase[to]];
  return own && other ? divide(fraction(own), fraction(other)) : null;
}

function near(value: Fraction, wanted: Fraction): boolean {
  const off = subtract(divide(value, wanted), fraction(1));
  return compare({ n: off.n < 0n ? -off.n : off.n, d: off.d }, TOLERANCE) <= 0;
}

const codes = (pegs: readonly Peg[]) => pegs.map(({ currency }) => currency).join(", ");

function undecided(found: number, documented: readonly Peg[], inverse: readonly Peg[]): string {
  if (found === 0)
    return `There is no rate for ${REQUIRED} or any other pegged currency, so nothing tells which way round the list is.`;
  if (documented.length === 0) return "The list fits the pegs of currencies in neither direction.";
  return `The list contradicts itself: ${codes(documented)} fit their pegs one way round, ${codes(inverse)} the other.`;
}

function disagreeing(broken: readonly Peg[], rates: Rates): string {
  const each = broken.map(({ currency, to, rate }) => `${currency} is ${rates.perBase[currency]}, held at ${rate} to one ${to}`);
  return `${broken.length === 1 ? "A rate is" : "Rates are"} more than 1 % off the peg: ${each.join("; ")}.`;
}

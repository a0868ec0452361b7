import { compare, divide, type Fraction, fraction, subtract } from "@/lib/money";

/** Units of each currency per one unit of `base`, as decimal text. */
export interface Rates {
  base: string;
  perBase: Readonly<Record<string, string>>;
}

/** How many units of `to` one unit of `from` is worth; undefined where either is not quoted. */
export function rateBetween(rates: Rates, from: string, to: string): Fraction | undefined {
  if (from === to) return fraction(1);
  const perBase = (currency: string) => (currency === rates.base ? "1" : rates.perBase[currency]);
  const [fromRate, toRate] = [perBase(from), perBase(to)];
  return fromRate && toRate ? divide(fraction(toRate), fraction(fromRate)) : undefined;
}

/** The dirham has been pegged to the dollar at this rate since 1997. */
const AED_PER_USD = "3.6725";
const TOLERANCE = "0.01";

export type CheckedRates = { kind: "usable"; rates: Rates } | { kind: "implausible"; why: string };

/**
 * Holds rates on a base of USD against the dirham's peg before use. Bamboo's documentation and its integrators disagree on the
 * direction, so a list that fits the peg upside down is turned over, and one that fits neither way is refused.
 */
export function checkRates({ base, perBase }: Rates): CheckedRates {
  if (base !== "USD") return { kind: "implausible", why: `base is ${base}, asked for USD` };
  const usable = Object.fromEntries(
    Object.entries(perBase).filter(([code, value]) => /^[A-Z]{3}$/.test(code) && compare(fraction(value), fraction(0)) > 0),
  );
  const dirham = usable.AED;
  if (dirham === undefined) return { kind: "implausible", why: "no rate for AED, so the direction cannot be checked" };
  if (near(fraction(dirham))) return { kind: "usable", rates: { base, perBase: usable } };
  const inverse = (value: string) => divide(fraction(1), fraction(value));
  if (!near(inverse(dirham))) return { kind: "implausible", why: `AED is ${dirham}, which fits its peg in neither direction` };
  return {
    kind: "usable",
    rates: {
      base,
      perBase: Object.fromEntries(Object.entries(usable).map(([code, value]) => [code, decimalText(inverse(value))])),
    },
  };
}

function near(rate: Fraction): boolean {
  const off = subtract(divide(rate, fraction(AED_PER_USD)), fraction(1));
  return compare({ n: off.n < 0n ? -off.n : off.n, d: off.d }, fraction(TOLERANCE)) <= 0;
}

const RATE_DECIMALS = 12n;

function decimalText({ n, d }: Fraction): string {
  const scaled = (n * 10n ** RATE_DECIMALS) / d;
  const digits = scaled.toString().padStart(Number(RATE_DECIMALS) + 1, "0");
  return `${digits.slice(0, -Number(RATE_DECIMALS))}.${digits.slice(-Number(RATE_DECIMALS))}`;
}

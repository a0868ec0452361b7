import { compare, type Fraction, multiply } from "@/lib/money";

/** As many as `fraction` reads again. */
const MAX_DECIMALS = 20;
/** Enough for a person, and for the cent of all but large amounts. */
const SHORT_DIGITS = 6;

/** The rate as decimal text, to the twentieth decimal where it does not end before. */
export function exactRateText(rate: Fraction): string {
  return trimmed(roundedTo(rate, MAX_DECIMALS, "nearest"), MAX_DECIMALS);
}

/**
 * The rate for a sentence: six significant digits, and more only where `holds` says that these would not lead to the same amount. Rounded
 * up where that is what it takes: half a minor unit goes up, so the next decimal above leads to what the rate itself leads to.
 */
export function shortRateText(rate: Fraction, holds: (text: string) => boolean = () => true): string {
  for (let decimals = decimalsOf(rate); decimals < MAX_DECIMALS; decimals++) {
    for (const direction of ["nearest", "up"] as const) {
      const text = trimmed(roundedTo(rate, decimals, direction), decimals);
      if (holds(text)) return text;
    }
  }
  return exactRateText(rate);
}

/** How many decimals leave six significant digits. */
function decimalsOf(rate: Fraction): number {
  const enough = 10n ** BigInt(SHORT_DIGITS - 1);
  for (let decimals = 0; decimals < MAX_DECIMALS; decimals++)
    if (compare(multiply(rate, { n: 10n ** BigInt(decimals), d: 1n }), { n: enough, d: 1n }) >= 0) return decimals;
  return MAX_DECIMALS;
}

function roundedTo({ n, d }: Fraction, decimals: number, direction: "nearest" | "up"): bigint {
  const scaled = n * 10n ** BigInt(decimals);
  return direction === "up" ? (scaled + d - 1n) / d : (2n * scaled + d) / (2n * d);
}

function trimmed(scaled: bigint, decimals: number): string {
  const digits = scaled.toString().padStart(decimals + 1, "0");
  const fractional = decimals === 0 ? "" : digits.slice(-decimals).replace(/0+$/, "");
  const whole = decimals === 0 ? digits : digits.slice(0, -decimals);
  return fractional === "" ? whole : `${whole}.${fractional}`;
}

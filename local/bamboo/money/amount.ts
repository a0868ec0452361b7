/** Amounts are whole ten-thousandths of a currency unit ("units") in safe integers: 9.47 USD is 94700. */
export const UNITS_PER_ONE = 10_000;

/** Rates are whole ten-thousand-millionths: 1.1 is 11000000000. */
export const RATE_SCALE = 10_000_000_000;

/** A number from JSON to units, or null if it is not finite, negative, too large, or has more than four decimals. */
export function toUnits(value: number): number | null {
  const units = Math.round(value * UNITS_PER_ONE);
  if (!Number.isSafeInteger(units) || units < 0) return null;
  return units / UNITS_PER_ONE === value ? units : null;
}

/** Units to the number that JSON shows: dividing two exact integers gives the nearest double, which prints as the short decimal. */
export function fromUnits(units: number): number {
  return units / UNITS_PER_ONE;
}

/** As reports show sums: two decimals, half up. */
export function fromUnitsToCents(units: number): number {
  return Math.round(units / 100) / 100;
}

/** Exact division of non-negative integers, half to even. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twiceRest = (numerator % denominator) * 2n;
  if (twiceRest > denominator || (twiceRest === denominator && quotient % 2n === 1n)) return quotient + 1n;
  return quotient;
}

/** Like `12.3400`: four decimals, always, as Bamboo's sentence about missing funds has them. */
export function fourDecimals(units: number): string {
  const sign = units < 0 ? "-" : "";
  const digits = String(Math.abs(units)).padStart(5, "0");
  return `${sign}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

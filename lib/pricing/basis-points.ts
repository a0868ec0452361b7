import { type Fraction, multiply } from "@/lib/money";

/** All of an amount. */
export const WHOLE_BASIS_POINTS = 10_000;

/** So many hundredths of a percent of an amount. */
export function share(amount: Fraction, basisPoints: number): Fraction {
  return multiply(amount, { n: BigInt(basisPoints), d: BigInt(WHOLE_BASIS_POINTS) });
}

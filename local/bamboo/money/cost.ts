import { divideHalfEven, RATE_SCALE } from "./amount";

/** What one card costs in units of the account's currency, as an exact fraction; text because a journal line is JSON. */
export interface Cost {
  numerator: string;
  denominator: string;
}

export interface PriceLine {
  minFace: number;
  maxFace: number;
  priceMin: number;
  priceMax: number;
}

/** The cost of one card of that face value, unrounded: on the straight line between the two ends, then through the rate. */
export function costOf(line: PriceLine, face: number, rate: number): Cost {
  const span = BigInt(line.maxFace - line.minFace);
  const price =
    span === 0n
      ? BigInt(line.priceMin)
      : BigInt(line.priceMin) * span + BigInt(face - line.minFace) * BigInt(line.priceMax - line.priceMin);
  const denominator = (span === 0n ? 1n : span) * BigInt(RATE_SCALE);
  return { numerator: String(price * BigInt(rate)), denominator: String(denominator) };
}

/** The charge for so many cards: rounded to four decimals once for the line, not card by card. */
export function chargeFor(cost: Cost, quantity: number): number {
  return Number(divideHalfEven(BigInt(cost.numerator) * BigInt(quantity), BigInt(cost.denominator)));
}

/** An amount in another currency, in units. */
export function convertUnits(units: number, rate: number): number {
  return Number(divideHalfEven(BigInt(units) * BigInt(rate), BigInt(RATE_SCALE)));
}

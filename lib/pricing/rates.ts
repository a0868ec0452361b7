import { compare, divide, type Fraction, fraction } from "@/lib/money";
import { judgeDirection } from "./rate-direction";
import { implausibleMove } from "./rate-moves";

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

/** `rates` are the right way round if that can be told, else as they were sent. `why` is a sentence for a person. */
export type CheckedRates =
  | { kind: "usable"; rates: Rates; turnedOver: boolean }
  | { kind: "implausible"; rates: Rates; turnedOver: boolean; why: string; directionKnown: boolean };

const BASE = "USD";

/** Before the first list only products in the partner's own currency have a price. */
export const NO_RATES: Rates = { base: BASE, perBase: {} };

/**
 * Holds rates against pegs and against the list in use, before they price anything. Bamboo's documentation and its integrators disagree
 * on the direction, so a list that fits the pegs upside down is turned over as a whole, and one that fits neither way is refused, as is
 * one that leaves a peg, jumps, or lost many currencies since `last`. `before` are older rates, of currencies that `last` lacks too.
 */
export function checkRates({ base, perBase }: Rates, last: Rates | null = null, before: Rates["perBase"] = {}): CheckedRates {
  const sent: Rates = { base, perBase: readable(perBase) };
  const refuse = (why: string) => ({ kind: "implausible" as const, rates: sent, turnedOver: false, why, directionKnown: false });
  if (base !== BASE) return refuse(`The list is on a base of ${base}; ${BASE} was asked for.`);
  const judged = judgeDirection(sent, last);
  if (judged.direction === "unknown") return refuse(judged.why);
  const turnedOver = judged.direction === "inverse";
  const rates = turnedOver ? turnOver(sent) : sent;
  const why = judged.why ?? (last && implausibleMove(rates, last, before));
  return why ? { kind: "implausible", rates, turnedOver, why, directionKnown: true } : { kind: "usable", rates, turnedOver };
}

const SMALLEST = 1e-12;
const LARGEST = 1e12;

/** Rates by well-formed codes, as plain decimals; others are left out, and count as missing. */
function readable(perBase: Rates["perBase"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(perBase).flatMap(([code, value]) => {
      const size = /^[A-Z]{3}$/.test(code) && /^\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,2})?$/i.test(value) ? Number(value) : 0;
      if (size < SMALLEST || size > LARGEST) return [];
      // JSON shows a very small number with an exponent.
      return [[code, /e/i.test(value) ? decimalText(fraction(size)) : value]];
    }),
  );
}

function turnOver({ base, perBase }: Rates): Rates {
  const inverse = (value: string) => decimalText(divide(fraction(1), fraction(value)));
  const turned = Object.entries(perBase).map(([code, value]) => [code, inverse(value)] as const);
  return { base, perBase: Object.fromEntries(turned.filter(([, value]) => compare(fraction(value), fraction(0)) > 0)) };
}

const RATE_DECIMALS = 12;

function decimalText({ n, d }: Fraction): string {
  const scaled = (n * 10n ** BigInt(RATE_DECIMALS)) / d;
  const digits = scaled.toString().padStart(RATE_DECIMALS + 1, "0");
  return `${digits.slice(0, -RATE_DECIMALS)}.${digits.slice(-RATE_DECIMALS)}`;
}

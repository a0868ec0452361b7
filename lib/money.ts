/**
 * Exact arithmetic for money. Amounts are integer minor units with a currency; rates, costs and percentages are exact fractions
 * made from decimal text; a fraction becomes an amount by one rounding, at the end.
 */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

const DECIMAL = /^-?\d{1,30}(\.\d{1,20})?$/;
const EXPONENT = /^-?\d+(\.\d+)?e[+-]?\d{1,2}$/i;

/** From decimal text or a JSON number (through its shortest text, never through binary arithmetic). Throws on anything else. */
export function fraction(value: string | number | bigint): Fraction {
  const text = typeof value === "number" && EXPONENT.test(String(value)) ? value.toFixed(20) : String(value);
  if (!DECIMAL.test(text)) throw new Error(`Not a decimal number: ${text.slice(0, 40)}`);
  const [whole = "0", decimals = ""] = text.split(".");
  return { n: BigInt(whole + decimals), d: 10n ** BigInt(decimals.length) };
}

export const multiply = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });
export const add = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
export const subtract = (a: Fraction, b: Fraction): Fraction => add(a, { n: -b.n, d: b.d });

export function divide(a: Fraction, b: Fraction): Fraction {
  if (b.n === 0n) throw new Error("Division by zero in money arithmetic");
  return b.n > 0n ? { n: a.n * b.d, d: a.d * b.n } : { n: -a.n * b.d, d: -a.d * b.n };
}

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Half away from zero, the rule a shopkeeper expects. */
export function roundFraction({ n, d }: Fraction): bigint {
  const half = n < 0n ? -d : d;
  return (2n * n + half) / (2n * d);
}

/**
 * Currencies whose minor unit is not a hundredth, by their decimal places. Written down, since stored amounts mean what this says: a
 * newer runtime must not change it. `minor_exponent` in the database is the same table.
 */
const EXPONENTS: Readonly<Record<number, string>> = {
  0: "AFN ALL BIF CLP COP DJF GNF HUF IDR IQD IRR ISK JPY KMF KPW KRW LAK LBP MGA MMK PKR PYG RWF SLL SOS SYP UGX VND VUV XAF XOF XPF YER",
  3: "BHD JOD KWD LYD OMR TND",
};
const exponents = new Map(
  Object.entries(EXPONENTS).flatMap(([places, codes]) => codes.split(" ").map((code) => [code, Number(places)] as const)),
);

/** Decimal places of a currency's minor unit: 2 for USD, 0 for JPY, 3 for KWD. Unknown but well-formed codes get 2. */
export function minorExponent(currency: string): number {
  return exponents.get(currency) ?? 2;
}

/** Major units (10.5) as integer minor units (1050), rounded once. */
export function toMinor(major: Fraction, currency: string): number {
  return safe(roundFraction(multiply(major, { n: 10n ** BigInt(minorExponent(currency)), d: 1n })));
}

/** Integer minor units (1050) as exact major units. */
export function toMajor(amountMinor: number | bigint, currency: string): Fraction {
  return { n: BigInt(amountMinor), d: 10n ** BigInt(minorExponent(currency)) };
}

/** Major units as plain decimal text without trailing zeros ("10.5"): what goes to the supplier. */
export function majorText(amountMinor: number | bigint, currency: string): string {
  const digits = minorExponent(currency);
  const text = BigInt(amountMinor)
    .toString()
    .padStart(digits + 1, "0");
  const decimals = digits === 0 ? "" : text.slice(-digits).replace(/0+$/, "");
  const whole = digits === 0 ? text : text.slice(0, -digits);
  return decimals === "" ? whole : `${whole}.${decimals}`;
}

/** For people, e.g. "12.50 USD". */
export function formatMoney(amountMinor: number, currency: string): string {
  const digits = minorExponent(currency);
  const sign = amountMinor < 0 ? "-" : "";
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, "0");
  const amount = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return `${sign}${amount} ${currency}`;
}

function safe(value: bigint): number {
  const asNumber = Number(value);
  if (!Number.isSafeInteger(asNumber)) throw new Error(`Amount beyond what is sensible: ${value}`);
  return asNumber;
}

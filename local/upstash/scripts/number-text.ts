/** More digits than any tie between two roundings can have. */
const EXACT_DIGITS = 100;

/** A number as C's `%.<digits>g` writes it: what Lua's tostring (14 digits) and a script's arguments (17) look like. */
export function formatG(value: number, digits: number, alternate = false): string {
  if (Number.isInteger(value) && !alternate && Math.abs(value) < 10 ** Math.min(digits, 15)) {
    return Object.is(value, -0) ? "-0" : String(value);
  }
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const precision = Math.min(Math.max(digits, 1), EXACT_DIGITS);
  const { mantissa, exponent } = scientific(value, precision - 1);
  if (exponent < -4 || exponent >= precision) {
    return `${alternate ? mantissa : withoutTrailingZeros(mantissa)}e${exponentText(exponent)}`;
  }
  const text = fixed(value, Math.min(precision - 1 - exponent, EXACT_DIGITS));
  return alternate ? text : withoutTrailingZeros(text);
}

/** `%.<digits>f`. Where a number lies just between two texts C takes the even one, JavaScript the larger. */
export function fixed(value: number, digits: number): string {
  if (Math.abs(value) >= 1e21) return BigInt(value).toString() + (digits > 0 ? `.${"0".repeat(digits)}` : "");
  return halfToEven(value.toFixed(digits), value.toFixed(EXACT_DIGITS), digits);
}

/** The parts of `%.<digits>e`. */
export function scientific(value: number, digits: number): { mantissa: string; exponent: number } {
  const [rounded = "", exponent = "0"] = value.toExponential(digits).split("e");
  const [exact = ""] = value.toExponential(EXACT_DIGITS).split("e");
  return { mantissa: halfToEven(rounded, exact, digits), exponent: Number(exponent) };
}

/** The exponent as C writes it: a sign and at least two digits. */
export function exponentText(exponent: number): string {
  return `${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function halfToEven(rounded: string, exact: string, digits: number): string {
  const end = exact.indexOf(".") + 1 + digits;
  if (!/^50*$/.test(exact.slice(end))) return rounded;
  const truncated = exact.slice(0, digits === 0 ? end - 1 : end);
  return Number(truncated.at(-1)) % 2 === 0 ? truncated : rounded;
}

function withoutTrailingZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

import type { Bytes } from "./bytes";
import { notAFloat } from "./errors";
import { RedisError } from "./reply";

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
const FRACTION_DIGITS = 17;
const MAX_DIGITS = 320;

/**
 * The sum of two decimals written with at most 17 digits after the point and no trailing zeros.
 * Redis adds long doubles here; exact decimals give the same text where doubles would say 0.30000000000000004.
 */
export function addDecimals(left: Bytes, right: Bytes): Bytes {
  const sum = scaled(left) + scaled(right);
  const sign = sum < 0n ? "-" : "";
  const digits = (sum < 0n ? -sum : sum).toString().padStart(FRACTION_DIGITS + 1, "0");
  if (digits.length > MAX_DIGITS) throw new RedisError("ERR increment would produce NaN or Infinity");
  const whole = digits.slice(0, -FRACTION_DIGITS);
  const fraction = digits.slice(-FRACTION_DIGITS).replace(/0+$/, "");
  return fraction === "" ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

function scaled(text: Bytes): bigint {
  const match = DECIMAL.exec(text);
  const whole = match?.[2] ?? "";
  const fraction = match?.[3] ?? "";
  if (!match || whole + fraction === "") throw notAFloat();
  const exponent = Number(match[4] ?? "0") - fraction.length + FRACTION_DIGITS;
  const digits = BigInt(whole + fraction);
  const value = exponent >= 0 ? digits * 10n ** BigInt(exponent) : digits / 10n ** BigInt(-exponent);
  return match[1] === "-" ? -value : value;
}

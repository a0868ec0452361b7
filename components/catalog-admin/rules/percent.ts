const TYPED = /^(\d{1,6})(?:[.,](\d{0,2}))?$/;
const BASIS_POINT_DIGITS = 2;
const PERCENT = 100;

/** What a person typed, such as "3", "1.25" or "0,5", in basis points; null where it is no percentage to the basis point. */
export function parsePercent(text: string): number | null {
  const match = TYPED.exec(text.trim().replace(/\s*%$/, ""));
  if (!match) return null;
  const [, whole = "", decimals = ""] = match;
  return Number(whole + decimals.padEnd(BASIS_POINT_DIGITS, "0"));
}

/** Basis points as plain text for an input or a sentence: 125 is "1.25", 300 is "3", -50 is "-0.5". */
export function percentText(basisPoints: number): string {
  const points = Math.abs(basisPoints);
  const decimals = String(points % PERCENT)
    .padStart(BASIS_POINT_DIGITS, "0")
    .replace(/0+$/, "");
  const whole = Math.floor(points / PERCENT);
  return `${basisPoints < 0 ? "-" : ""}${whole}${decimals === "" ? "" : `.${decimals}`}`;
}

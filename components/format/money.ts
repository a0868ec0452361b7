import { majorText, minorExponent } from "@/lib/money";
import type { MoneyView } from "@/lib/money.schemas";

/** One locale for all: what the server and the browser write is the same, and columns line up. */
export const LOCALE = "en";
const NO_BREAK_SPACE = "\u00a0";

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });

/** "1,234.50": all decimals of the currency, without its code. */
export function formatAmount({ amountMinor, currency }: MoneyView): string {
  const digits = minorExponent(currency);
  return grouped(amountMinor, digits, true);
}

/** "1,234.50 USD", on one line. */
export function formatMoney(money: MoneyView): string {
  return `${formatAmount(money)}${NO_BREAK_SPACE}${money.currency}`;
}

/** A face value as printed on a card: "10 EUR", but "9.99 EUR". */
export function formatFace({ amountMinor, currency }: MoneyView): string {
  return `${faceAmount({ amountMinor, currency })}${NO_BREAK_SPACE}${currency}`;
}

/** "10 EUR", or "10 – 500 EUR" for a range. */
export function formatFaceRange(min: MoneyView, max: MoneyView): string {
  if (min.amountMinor === max.amountMinor) return formatFace(min);
  return `${faceAmount(min)}${NO_BREAK_SPACE}–${NO_BREAK_SPACE}${formatFace(max)}`;
}

/** What a person typed, such as "12.5" or "1,234.50", in minor units; null where it is no amount of this currency. */
export function parseAmount(text: string, currency: string): number | null {
  const digits = minorExponent(currency);
  const match = /^(\d{1,12})(?:\.(\d*))?$/.exec(withoutGrouping(text.trim()));
  if (!match) return null;
  const [, units = "", decimals = ""] = match;
  if (decimals.length > digits) return null;
  return Number(units + decimals.padEnd(digits, "0"));
}

/** Minor units as plain text for an input, without needless zeros: 1250 USD is "12.5". */
export function toInputText({ amountMinor, currency }: MoneyView): string {
  return majorText(amountMinor, currency);
}

function faceAmount({ amountMinor, currency }: MoneyView): string {
  const digits = minorExponent(currency);
  return grouped(amountMinor, digits, amountMinor % 10 ** digits !== 0);
}

/** Whole and decimals are written apart: one number through a binary fraction would lose cents of large amounts. */
function grouped(amountMinor: number, digits: number, withDecimals: boolean): string {
  const minor = Math.abs(amountMinor);
  const scale = 10 ** digits;
  const decimals = minor % scale;
  const sign = amountMinor < 0 ? "-" : "";
  const tail = digits > 0 && withDecimals ? `.${String(decimals).padStart(digits, "0")}` : "";
  return `${sign}${whole.format((minor - decimals) / scale)}${tail}`;
}

/** Commas count as thousands only where they stand as such: "1,5" may mean one and a half, so it is no number at all. */
function withoutGrouping(text: string): string {
  return /^\d{1,3}(,\d{3})+(\.\d*)?$/.test(text) ? text.replaceAll(",", "") : text;
}

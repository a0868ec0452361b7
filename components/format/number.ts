import { LOCALE } from "./money";

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });

export const formatCount = (count: number): string => whole.format(count);

/** "1 card", "12 cards". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

const ordinalRule = new Intl.PluralRules("en-GB", { type: "ordinal" });
const ORDINAL_ENDS: Partial<Record<Intl.LDMLPluralRule, string>> = { one: "st", two: "nd", few: "rd" };

/** "1st", "2nd", "23rd", "1,000th". */
export const formatOrdinal = (count: number): string => `${formatCount(count)}${ORDINAL_ENDS[ordinalRule.select(count)] ?? "th"}`;

const percent = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 1 });

/** A share of one: "93.5%". */
export const formatPercent = (share: number): string => percent.format(share);

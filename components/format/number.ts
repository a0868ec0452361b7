import { LOCALE } from "./money";

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });

export const formatCount = (count: number): string => whole.format(count);

/** "1 card", "12 cards". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

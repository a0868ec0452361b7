import { LOCALE } from "./money";

const percent = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 2 });
const BASIS_POINTS = 10_000;

/** 300 is "3% off", -150 is "1.5% mark-up", 0 is "At face value". */
export function formatDiscount(basisPoints: number): string {
  if (basisPoints === 0) return "At face value";
  const share = percent.format(Math.abs(basisPoints) / BASIS_POINTS);
  return basisPoints > 0 ? `${share} off` : `${share} mark-up`;
}

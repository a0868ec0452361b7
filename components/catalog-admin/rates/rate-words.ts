import { LOCALE } from "../../format/money";

const percent = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 2, signDisplay: "exceptZero" });
const WHOLE_BASIS_POINTS = 10_000;
const SHOWN_DECIMALS = 6;

/** "+1.25%", "-0.4%", "0%"; null, of a currency that was not in the list before, is "new". */
export function moveWords(basisPoints: number | null): string {
  return basisPoints === null ? "new" : percent.format(basisPoints / WHOLE_BASIS_POINTS);
}

/** Decimal text cut, never rounded, to six decimals and without needless zeros: "3.672500000" is "3.6725". */
export function rateText(perBase: string): string {
  const [whole = "0", decimals = ""] = perBase.split(".");
  const kept = decimals.slice(0, SHOWN_DECIMALS).replace(/0+$/, "");
  // A rate so small that six decimals are all zero is told whole.
  if (/^0*$/.test(whole) && kept === "") return perBase;
  return kept === "" ? whole : `${whole}.${kept}`;
}

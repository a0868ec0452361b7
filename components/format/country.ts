import { LOCALE } from "./money";

const names = new Intl.DisplayNames(LOCALE, { type: "region", fallback: "code" });
/** The supplier's code for a product that works in any country. */
const GLOBAL = "GLC";

/** "DE" is "Germany", the supplier's "GLC" is "Global"; a code that is no country stays as it is. */
export function countryName(code: string): string {
  if (code === GLOBAL) return "Global";
  return /^[A-Za-z]{2}$/.test(code) ? (names.of(code.toUpperCase()) ?? code) : code;
}

import { formatFace } from "../../format/money";
import type { Range } from "./use-ranges";

/** "10 – 50 EUR", "from 10 EUR", "up to 50 EUR"; null for a range that is not set. */
export function rangeText({ currency, fromMinor, toMinor }: Omit<Range, "label" | "onChange">): string | null {
  if (currency === null) return null;
  const money = (amountMinor: number) => formatFace({ amountMinor, currency });
  if (fromMinor !== null && toMinor !== null) return `${money(fromMinor).split("\u00a0")[0]} – ${money(toMinor)}`;
  if (fromMinor !== null) return `from ${money(fromMinor)}`;
  return toMinor === null ? null : `up to ${money(toMinor)}`;
}

import { AppError } from "@/lib/errors";
import { formatMoney } from "@/lib/money";
import { linesNow, type PricedOrder, type Shelf } from "@/lib/quotes";
import type { PlaceOrderInput } from "./schemas";

/** Never a surprise: what costs more than the caller was ready for is refused, with both prices. */
export function refuseDearer(
  shelf: Shelf,
  { totalMinor, currency, quoteId, lines }: PricedOrder,
  { maxTotalMinor, lines: wanted }: PlaceOrderInput,
): void {
  if (maxTotalMinor === undefined || totalMinor <= maxTotalMinor) return;
  const price = `${quoteId === null ? "The price is now" : "The quote is"} ${formatMoney(totalMinor, currency)}`;
  throw new AppError(
    "price_changed",
    `${price}, above your limit of ${formatMoney(maxTotalMinor, currency)}. Check it and order again.`,
    {
      fields: [{ path: "maxTotalMinor", message: "below the present total" }],
      data: { totalMinor, maxTotalMinor, currency, lines: linesNow(shelf, wanted, quoteId === null ? [] : lines) },
    },
  );
}

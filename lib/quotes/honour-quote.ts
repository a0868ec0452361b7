import { AppError, type FieldProblem, notFound } from "@/lib/errors";
import { formatMoney } from "@/lib/money";
import { checkLines } from "./check-lines";
import { type LineNow, linesNow } from "./lines-now";
import { type PricedOrder, priceLines } from "./price-lines";
import type { WantedLine } from "./schemas";
import type { Shelf } from "./shelf";
import type { StoredQuote } from "./stored-quote";

/**
 * The order at the prices of the partner's quote, wherever rules, costs and rates have gone since: neither the margin nor the age of the
 * rates counts, whether it can be ordered at all does. Throws where the quote is not there, is of other lines, was used, or expired,
 * and where a face value is one of another currency by now.
 */
export function honourQuote(shelf: Shelf, quote: StoredQuote | null, wanted: readonly WantedLine[]): PricedOrder {
  if (!quote) throw notFound("quote");
  requireSameLines(quote, wanted);
  if (quote.used) throw quoteUsed();
  if (quote.expired || facesMoved(shelf, quote)) throw quoteExpired(shelf, quote, wanted);
  const { currency, totalMinor, rateSnapshotId, id } = quote;
  const lines = checkLines({ ...shelf, prices: { ...shelf.prices, ratesTooOld: () => false } }, wanted, (_, __, index) => {
    const line = quote.lines[index];
    return line ? { kind: "price", unitPriceMinor: line.unitPriceMinor, explanation: line.explanation } : { kind: "no_price" };
  });
  return { lines, currency, totalMinor, rateSnapshotId, quoteId: id, stand: null };
}

/** Tells the price that was quoted and the one of the moment; throws `not_orderable` where there is none any more. */
export function quoteExpired(shelf: Shelf, quote: StoredQuote, wanted: readonly WantedLine[], cause?: unknown): AppError {
  const now = priceLines(shelf, wanted);
  const [quoted, present] = [formatMoney(quote.totalMinor, quote.currency), formatMoney(now.totalMinor, now.currency)];
  return new AppError(
    "quote_expired",
    `The quote of ${quoted} ${facesMoved(shelf, quote) ? "no longer holds" : "has expired"}; the price is now ${present}. Ask for a new quote, or order without one.`,
    {
      fields: [{ path: "quoteId", message: `held until ${quote.expiresAt}` }],
      data: {
        totalMinor: now.totalMinor,
        currency: now.currency,
        quotedTotalMinor: quote.totalMinor,
        quotedCurrency: quote.currency,
        expiresAt: quote.expiresAt,
        lines: linesNow(shelf, wanted, quote.lines) satisfies LineNow[],
      },
      cause,
    },
  );
}

export function quoteUsed(cause?: unknown): AppError {
  return new AppError("quote_used", "Another order used this quote. Ask for a new quote, or order without one.", {
    fields: [{ path: "quoteId", message: "each quote is for one order" }],
    cause,
  });
}

/** The supplier sells it in another currency now: the same number would be another card. */
function facesMoved({ products }: Shelf, { lines }: StoredQuote): boolean {
  const currencyOf = new Map(products.map(({ productId, faceCurrency }) => [productId, faceCurrency]));
  return lines.some(({ productId, faceCurrency }) => (currencyOf.get(productId) ?? faceCurrency) !== faceCurrency);
}

function requireSameLines(quote: StoredQuote, wanted: readonly WantedLine[]): void {
  const fields = wanted.flatMap((line, index): FieldProblem[] => {
    const quoted = quote.lines[index];
    if (!quoted) return [{ path: `lines.${index}`, message: "not in the quote" }];
    return (["productId", "faceMinor", "quantity"] as const)
      .filter((field) => line[field] !== quoted[field])
      .map((field) => ({ path: `lines.${index}.${field}`, message: `the quote says ${quoted[field]}` }));
  });
  if (quote.lines.length > wanted.length) fields.push({ path: "lines", message: `the quote has ${quote.lines.length}` });
  if (fields.length > 0)
    throw new AppError("invalid_input", "The order is not what was quoted. Send the lines of the quote, in their order.", {
      fields,
    });
}

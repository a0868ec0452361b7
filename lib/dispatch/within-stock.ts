import type { WaitingLine } from "./plan-dispatch";

/**
 * Of the lines in claim order, those whose cards the supplier's known stock can serve together: bought as one, a demand beyond the stock is
 * refused for all, and those who came first would lose what they would have got alone. The first of a product goes whatever the stock
 * says, since it may have been filled up since. `stock` is null where it is without end.
 */
export function withinStock(lines: readonly WaitingLine[], stockOf: (productId: number) => number | null): WaitingLine[] {
  const taken = new Map<number, number>();
  return lines.filter(({ productId, quantity }) => {
    const before = taken.get(productId) ?? 0;
    const stock = stockOf(productId);
    if (before > 0 && stock !== null && before + quantity > stock) return false;
    taken.set(productId, before + quantity);
    return true;
  });
}

import type { OrderableProduct } from "@/lib/catalog";
import { checkLines, type Offer, type PricedLine } from "./check-lines";
import type { WantedLine } from "./schemas";
import type { PriceStand, Shelf } from "./shelf";

export interface PricedOrder {
  lines: PricedLine[];
  currency: string;
  totalMinor: number;
  rateSnapshotId: string | null;
  /** Whose prices these are; null for those of the moment. */
  quoteId: string | null;
  /** What they were made from, to be held against what is there when the order is written; null: they hold whatever has moved. */
  stand: PriceStand | null;
}

/** The order at the prices of the moment. Throws `not_orderable` that names every line at fault. */
export function priceLines(shelf: Shelf, wanted: readonly WantedLine[]): PricedOrder {
  const { currency, rateSnapshotId } = shelf.prices;
  const lines = checkLines(shelf, wanted, (product, { faceMinor }) => offerNow(shelf, product, faceMinor));
  return { lines, currency, totalMinor: totalOf(lines), rateSnapshotId, quoteId: null, stand: shelf.stand };
}

/** What a card of it costs the partner now. */
export function offerNow({ prices }: Shelf, product: OrderableProduct, faceMinor: number): Offer {
  const price = prices.price(product, faceMinor);
  const explanation = prices.explain(product, faceMinor);
  if (price.kind !== "price") return price;
  // A price that nobody can explain is none.
  return explanation ? { ...price, explanation } : { kind: "no_price" };
}

/** Exact: the unit price is the one amount that was rounded. */
export function totalOf(lines: readonly Pick<PricedLine, "unitPriceMinor" | "quantity">[]): number {
  return lines.reduce((sum, { unitPriceMinor, quantity }) => sum + unitPriceMinor * quantity, 0);
}

import { offerNow } from "./price-lines";
import type { WantedLine } from "./schemas";
import type { Shelf } from "./shelf";

/** What a line costs at this moment, for who was refused over its price. Minor units of the currency named beside it. */
export interface LineNow {
  productId: number;
  faceMinor: number;
  quantity: number;
  /** Null: it has no price now. */
  unitPriceMinor: number | null;
  quotedUnitPriceMinor?: number;
}

/** Each line at the prices of the moment, beside what was quoted for it. */
export function linesNow(
  shelf: Shelf,
  wanted: readonly WantedLine[],
  quoted: readonly { unitPriceMinor: number }[] = [],
): LineNow[] {
  return wanted.map(({ productId, faceMinor, quantity }, index) => {
    const product = shelf.products.find((one) => one.productId === productId);
    const offer = product && offerNow(shelf, product, faceMinor);
    const quotedUnitPriceMinor = quoted[index]?.unitPriceMinor;
    return {
      productId,
      faceMinor,
      quantity,
      unitPriceMinor: offer?.kind === "price" ? offer.unitPriceMinor : null,
      ...(quotedUnitPriceMinor !== undefined && { quotedUnitPriceMinor }),
    };
  });
}

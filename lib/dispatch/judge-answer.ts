import { type AllocatedLine, allocateCards, type Delivered, type Delivery } from "./allocate-cards";

/** What a final answer of the supplier means for those who wait for its cards. */
export type Verdict<Card> =
  | { kind: "settle"; deliveries: Delivery<Card>[]; leftOver: Card[] }
  /** No definite no: nothing is delivered, nothing is given back, and it is asked about again. */
  | { kind: "contradicts"; leftOver: Card[] };

/**
 * Cards that are missing although the supplier says that all were bought, or while it delivered some that nobody ordered, are not a
 * definite no (design: "The purchase protocol", 5).
 */
export function judgeAnswer<Card>(
  lines: readonly AllocatedLine[],
  answer: { status: string; items: readonly Delivered<Card>[] },
): Verdict<Card> {
  const { deliveries, leftOver } = allocateCards(lines, answer.items);
  const short = deliveries.some(({ cards, quantity }) => cards.length < quantity);
  const contradicts = short && (leftOver.length > 0 || answer.status.toLowerCase() === "succeeded");
  return contradicts ? { kind: "contradicts", leftOver } : { kind: "settle", deliveries, leftOver };
}

/** What moves for one share of a purchase, in minor units: delivered is taken, the definitely missing is given back, and no cent is both. */
export function moneyOf(share: { quantity: number; delivered: number; unitPriceMinor: number }): {
  capturedMinor: number;
  returnedMinor: number;
} {
  const { quantity, delivered, unitPriceMinor } = share;
  return { capturedMinor: delivered * unitPriceMinor, returnedMinor: (quantity - delivered) * unitPriceMinor };
}

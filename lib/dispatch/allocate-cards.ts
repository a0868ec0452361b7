import { compare, fraction, toMajor } from "@/lib/money";

/** A dispatch line with who gets how many of its cards, in claim order. */
export interface AllocatedLine {
  id: string;
  productId: number;
  faceMinor: number;
  faceCurrency: string;
  allocations: readonly { orderLineId: string; position: number; quantity: number }[];
}

export interface Delivery<Card> {
  dispatchLineId: string;
  orderLineId: string;
  quantity: number;
  cards: Card[];
}

/** What the supplier delivered of one product at one face value (decimal text in major units). */
export interface Delivered<Card> {
  productId: number;
  faceValue: string;
  cards: readonly Card[];
}

/** Hands bought cards out in claim order, so that a shortage falls on the last claimed. Cards beyond what was ordered are left over. */
export function allocateCards<Card>(
  lines: readonly AllocatedLine[],
  items: readonly Delivered<Card>[],
): { deliveries: Delivery<Card>[]; leftOver: Card[] } {
  const used = new Set<Delivered<Card>>();
  const leftOver: Card[] = [];
  const deliveries = lines.flatMap((line) => {
    const mine = items.filter(
      (item) =>
        item.productId === line.productId && compare(fraction(item.faceValue), toMajor(line.faceMinor, line.faceCurrency)) === 0,
    );
    for (const item of mine) used.add(item);
    const pool = mine.flatMap(({ cards }) => cards);
    const inOrder = [...line.allocations].sort((a, b) => a.position - b.position);
    const handed = inOrder.map(({ orderLineId, quantity }) => ({
      dispatchLineId: line.id,
      orderLineId,
      quantity,
      cards: pool.splice(0, quantity),
    }));
    leftOver.push(...pool);
    return handed;
  });
  for (const item of items) if (!used.has(item)) leftOver.push(...item.cards);
  return { deliveries, leftOver };
}

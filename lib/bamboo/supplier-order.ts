import type { WireOrder } from "./wire";

/** A purchase as Bamboo tells it, in our words. */
export interface SupplierOrder {
  supplierOrderId: number;
  /** Bamboo's own word, for the record. */
  status: string;
  /** What was charged, as decimal text in the account's currency. */
  total: string | null;
  currency: string | null;
  /** Whether the purchase is over. `open` means ask again. */
  state: "open" | "final";
  items: SupplierItem[];
}

export interface SupplierItem {
  productId: number;
  /** Decimal text in major units of the product's currency. */
  faceValue: string;
  cards: BoughtCard[];
}

/** A bearer code in clear. It lives from the answer to the sealed row, and nowhere else. */
export interface BoughtCard {
  bambooCardId: number;
  code: string;
  pin: string | null;
  serialNumber: string | null;
  expiresAt: string | null;
}

const FINAL = new Set(["succeeded", "failed", "partialfailed"]);
const CARD_OVER = new Set(["sold", "failed"]);

/**
 * Maps an order and decides whether it is over. A final word alone is not enough: an order said to have succeeded that lacks cards, or
 * one with cards still under way, is read again, because what is not delivered is only given back on a definite no.
 */
export function toSupplierOrder(wire: WireOrder): SupplierOrder {
  const items = (wire.items ?? []).map((item) => ({
    productId: item.productId,
    faceValue: item.productFaceValue,
    wanted: item.quantity,
    all: item.cards ?? [],
    cards: (item.cards ?? []).flatMap(toBoughtCard).sort((a, b) => a.bambooCardId - b.bambooCardId),
  }));
  const status = wire.status.toLowerCase();
  const allBought = items.length > 0 && items.every((item) => item.cards.length >= item.wanted);
  const underWay = items.some((item) => item.all.some((card) => !isOver(card)));
  const over = FINAL.has(status) && !underWay && (status !== "succeeded" || allBought);
  return {
    supplierOrderId: wire.orderId,
    status: wire.status,
    total: wire.total ?? null,
    currency: wire.currency ?? null,
    state: over ? "final" : "open",
    items: items.map(({ productId, faceValue, cards }) => ({ productId, faceValue, cards })),
  };
}

type WireCard = NonNullable<NonNullable<WireOrder["items"]>[number]["cards"]>[number];

/** A card said to be sold whose code is still blank is not over. */
function isOver(card: WireCard): boolean {
  const status = card.status.toLowerCase();
  return CARD_OVER.has(status) && (status !== "sold" || Boolean(card.cardCode?.trim()));
}

function toBoughtCard(card: WireCard): BoughtCard[] {
  const code = card.cardCode?.trim();
  if (card.status.toLowerCase() !== "sold" || !code) return [];
  return [{ bambooCardId: card.id, code, pin: card.pin, serialNumber: card.serialNumber, expiresAt: card.expirationDate }];
}

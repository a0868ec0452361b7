import { createHash } from "node:crypto";
import type { Product } from "../catalog/types";
import { wireTime } from "../clock";
import type { OrderItem, OrderRecord } from "./types";

const YEAR_MS = 365 * 86_400_000;

export interface WireCard {
  id: number;
  serialNumber: string;
  cardCode: string;
  pin: string | null;
  expirationDate: string | null;
  status: string;
}

export interface CardView {
  nowMs: number;
  cardKey: string;
  listFailed: boolean;
  product: Product | undefined;
}

/** The cards of a line that a read shows at that moment. */
export function visibleCards(order: OrderRecord, item: OrderItem, view: CardView): WireCard[] {
  if (!order.settled) return cardsOfOpenOrder(order, item, view);
  const hidden = item.hiddenUntilMs !== null && view.nowMs < item.hiddenUntilMs;
  const sold = soldCards(order, item, view, hidden ? Math.floor(item.sold / 2) : item.sold);
  return view.listFailed ? [...sold, ...blankCards(item, item.sold, "Failed")] : sold;
}

function cardsOfOpenOrder(order: OrderRecord, item: OrderItem, view: CardView): WireCard[] {
  if (item.pausedFromMs !== null && view.nowMs >= item.pausedFromMs) return blankCards(item, 0, "Paused");
  if (item.trickleMs === null) return [];
  const elapsed = view.nowMs - order.createdAtMs;
  return soldCards(order, item, view, Math.min(item.sold, Math.floor((item.sold * elapsed) / item.trickleMs)));
}

function soldCards(order: OrderRecord, item: OrderItem, view: CardView, count: number): WireCard[] {
  const expiry = view.product?.expires === false ? null : wireTime(order.createdAtMs + YEAR_MS);
  return Array.from({ length: count }, (_, index) => {
    const id = item.firstCardId + index;
    const secret = cardSecret(view.cardKey, item.duplicateCode ? -item.productId : id);
    return {
      id,
      serialNumber: cardSecret(view.cardKey, id).serialNumber,
      cardCode: secret.cardCode,
      pin: view.product?.hasPin === false ? null : secret.pin,
      expirationDate: expiry,
      status: "Sold",
    };
  });
}

function blankCards(item: OrderItem, from: number, status: string): WireCard[] {
  return Array.from({ length: item.quantity - from }, (_, index) => ({
    id: item.firstCardId + from + index,
    serialNumber: "",
    cardCode: "",
    pin: null,
    expirationDate: null,
    status,
  }));
}

/** Codes follow from the key of the data folder and the card's id: 128 bits each, so none is ever repeated or stored. */
function cardSecret(cardKey: string, id: number) {
  const hex = createHash("sha512").update(`${cardKey}:${id}`).digest("hex");
  const guid = hex.slice(32, 64);
  return {
    cardCode: hex.slice(0, 32),
    serialNumber: [
      guid.slice(0, 8),
      guid.slice(8, 12),
      `4${guid.slice(13, 16)}`,
      `a${guid.slice(17, 20)}`,
      guid.slice(20, 32),
    ].join("-"),
    pin: String(Number.parseInt(hex.slice(64, 72), 16) % 1000).padStart(3, "0"),
  };
}

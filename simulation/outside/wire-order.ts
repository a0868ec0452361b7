import type { WireOrder } from "@/lib/bamboo/wire";
import { happens } from "../engine/faults";
import type { World } from "../engine/world";
import type { Purchase, PurchaseItem } from "./supplier-rows";

type WireItem = NonNullable<WireOrder["items"]>[number];
type WireCard = NonNullable<WireItem["cards"]>[number];

const COST_MAJOR = 9;
/** A card that is in an answer by mistake: the supplier never sold it. */
export const UNORDERED_CARD_ID = 900_000_000;

/** A purchase as a read tells it at this moment; while it is under way, in one of the ways that Bamboo may tell that. */
export function wireOrderOf(world: World, purchase: Purchase): WireOrder {
  const over = world.nowMs >= purchase.finalAtMs;
  const wire = over ? finalOf(purchase) : underWay(world, purchase);
  return over && happens(world, "contradiction") ? contradict(world, wire, purchase) : wire;
}

function finalOf(purchase: Purchase): WireOrder {
  let [ordered, sold] = [0, 0];
  for (const { cards } of purchase.items)
    for (const { code } of cards) {
      ordered += 1;
      if (code !== null) sold += 1;
    }
  const status = sold === ordered ? "Succeeded" : sold === 0 ? "Failed" : "PartialFailed";
  return orderOf(
    purchase,
    status,
    String(sold * COST_MAJOR),
    purchase.items.map((item) => itemOf(item, "Sold", "Failed")),
  );
}

function underWay({ random }: World, purchase: Purchase): WireOrder {
  const status = random.pick(["Created", "Processing", "Pending", "CheckingOut"]);
  const cards = random.pick(["none", "waiting", "sold"]);
  if (cards === "none") return orderOf(purchase, status, null, null);
  const word = cards === "sold" ? "Sold" : "Processing";
  return orderOf(
    purchase,
    status,
    null,
    purchase.items.map((item) => itemOf(item, word, "Paused")),
  );
}

function orderOf(purchase: Purchase, status: string, total: string | null, items: WireItem[] | null): WireOrder {
  const { supplierOrderId: orderId, requestId } = purchase;
  return { orderId, requestId, status, total, currency: "USD", errorMessage: null, items };
}

function itemOf({ dispatchLine, cards }: PurchaseItem, sold: string, other: string): WireItem {
  return {
    productId: dispatchLine.productId,
    productFaceValue: String(dispatchLine.faceMinor / 100),
    quantity: dispatchLine.quantity,
    cards: cards.map(({ id, code }) => wireCard(id, code, code === null ? other : sold)),
  };
}

function wireCard(id: number, code: string | null, status: string): WireCard {
  return { id, serialNumber: null, cardCode: code, pin: null, expirationDate: null, status };
}

/** An answer that cannot be right as it stands. The next one may be. */
function contradict({ random }: World, wire: WireOrder, { items: [first] }: Purchase): WireOrder {
  const [item, ...others] = wire.items ?? [];
  if (!item?.cards) return wire;
  switch (random.pick(["missing", "blank", "still", "misnamed", "extra", "unknown"])) {
    case "missing":
      return { ...wire, status: "Succeeded", items: [{ ...item, cards: item.cards.slice(1) }, ...others] };
    case "blank":
      return {
        ...wire,
        items: [{ ...item, cards: item.cards.map((card) => ({ ...card, status: "Sold", cardCode: " " })) }, ...others],
      };
    case "still":
      return {
        ...wire,
        items: [
          { ...item, cards: item.cards.map((card, place) => (place === 0 ? { ...card, status: "Processing" } : card)) },
          ...others,
        ],
      };
    case "misnamed":
      return { ...wire, items: [{ ...item, productFaceValue: "3.5" }, ...others] };
    case "extra":
      if (first) first.toldUnordered = true;
      return {
        ...wire,
        items: [{ ...item, cards: [...item.cards, wireCard(UNORDERED_CARD_ID, "CODE-UNORDERED", "Sold")] }, ...others],
      };
    default:
      return { ...wire, status: "Processed" };
  }
}

import { Violation } from "../engine/failures";
import type { World } from "../engine/world";
import type { Purchase, PurchaseItem } from "../outside/supplier-rows";
import { UNORDERED_CARD_ID } from "../outside/wire-order";
import type { Card, DispatchLine, Line, Transfer } from "../store/rows";
import { recordOf } from "./checked";

/** When the supplier takes a purchase in: no order line is bought twice, and nothing is bought that was given back. */
export function checkPurchase(world: World, purchase: Purchase): void {
  if (isLoss(purchase)) return;
  for (const { allocations } of purchase.dispatch.lines)
    for (const { line } of allocations) {
      const bought = boughtFor(world, line);
      if (bought > line.quantity)
        throw new Violation("bought once", `${line.id} wants ${line.quantity} cards, the supplier took in orders for ${bought}`);
      if (recordOf(world.checked, line).releasedMinor > 0)
        throw new Violation(
          "released means no card",
          `${line.id} was given its money back, and ${purchase.requestId} buys it now`,
        );
    }
}

/** Cards of all purchases that the supplier took in for an order line. */
function boughtFor({ supplier }: World, line: Line): number {
  let bought = 0;
  for (const purchase of supplier.purchases) {
    if (isLoss(purchase)) continue;
    for (const { allocations } of purchase.dispatch.lines)
      for (const allocation of allocations) if (allocation.line === line) bought += allocation.quantity;
  }
  return bought;
}

/**
 * A copy that the network made of a refused request was accepted after all. Nobody could have known, since a refusal is definite; the
 * partner has its money back and no card, and the purchase is ours to complain about.
 */
export function isLoss({ sent, dispatch }: Purchase): boolean {
  return sent.copies > 1 && sent.refused && dispatch.status === "rejected";
}

/**
 * Whether the supplier sold a stored card to a purchase for the line that has it. A card that was sold twice may be with either buyer,
 * never with a third. What the supplier itself showed as sold to the line by mistake is no mistake of ours.
 */
export function isForBuyer({ purchases }: World["supplier"], { bambooCardId, code, line }: Card): boolean {
  for (const { items } of purchases)
    for (const { dispatchLine, cards, toldUnordered } of items) {
      if (!dispatchLine.allocations.some((allocation) => allocation.line === line)) continue;
      if (cards.some((sold) => sold.id === bambooCardId && sold.code === code)) return true;
      if (toldUnordered && bambooCardId === UNORDERED_CARD_ID) return true;
    }
  return false;
}

/**
 * When money is given back for a part of a purchase: each card that was not stored for it was not sold, or had been delivered before. That
 * a stored card is with a line that bought it was seen when it was stored (`isForBuyer`).
 */
export function checkRelease(world: World, { line, dispatchLine, amountMinor }: Transfer): void {
  if (!line || !dispatchLine) return;
  for (const purchase of world.supplier.purchases) {
    const item = purchase.items.find((candidate) => candidate.dispatchLine === dispatchLine);
    if (item && !isLoss(purchase)) checkItem(world, purchase, item);
  }
  if (amountMinor % line.unitPriceMinor !== 0)
    throw new Violation("charged once", `${line.id} was given back a part of a card: ${amountMinor}`);
}

function checkItem({ tables }: World, purchase: Purchase, { dispatchLine, cards }: PurchaseItem): void {
  for (const { id, code } of cards) {
    if (code === null) continue;
    const stored = tables.cardsById.get(id) ?? tables.cardsByCode.get(code);
    if (!stored)
      throw new Violation(
        "released means no card",
        `${nameOf(dispatchLine)} was given money back, and card ${id} of ${purchase.requestId} was bought for it`,
      );
  }
}

function nameOf({ id, allocations }: DispatchLine): string {
  return `${id} (${allocations.map(({ orderLineId }) => orderLineId).join(", ")})`;
}

import type { Executor } from "@/drizzle/client";
import { cards } from "@/drizzle/schema";
import type { BoughtCard } from "@/lib/bamboo";
import { newId } from "@/lib/ids";
import { fingerprint } from "@/lib/seal";
import { sealCard } from "./card-box";
import { orderKey } from "./order-key";

export interface CardsForLine {
  partnerId: string;
  orderId: string;
  orderLineId: string;
  dispatchLineId: string;
}

const LAST = 4;
/** Of a shorter code the last four would be a good part of it. */
const SHORTEST_TO_HINT = 12;

/**
 * Seals and stores cards for an order line. A card or a code that is already stored is left where it is and counted as a duplicate:
 * it is not sold again. Answers Bamboo's ids of both kinds.
 */
export async function storeCards(
  executor: Executor,
  place: CardsForLine,
  bought: readonly BoughtCard[],
): Promise<{ stored: number[]; duplicates: number[] }> {
  if (bought.length === 0) return { stored: [], duplicates: [] };
  const key = await orderKey(executor, place.orderId);
  const rows = bought.map((card) => {
    const id = newId();
    const { code, pin, serialNumber } = card;
    return {
      ...place,
      id,
      bambooCardId: card.bambooCardId,
      fingerprint: fingerprint(code),
      sealed: sealCard(key, { code, pin, serialNumber }, { ...place, cardId: id }),
      lastFour: code.length >= SHORTEST_TO_HINT ? code.slice(-LAST) : "",
      expiresAt: card.expiresAt,
    };
  });
  const written = await executor.insert(cards).values(rows).onConflictDoNothing().returning({ bambooCardId: cards.bambooCardId });
  const stored = written.map(({ bambooCardId }) => bambooCardId);
  // Each id that was stored accounts for one card: the same id a second time in one answer is a duplicate too.
  const unaccounted = new Set(stored);
  return { stored, duplicates: bought.map(({ bambooCardId }) => bambooCardId).filter((id) => !unaccounted.delete(id)) };
}

import type { Executor } from "@/drizzle/client";
import { cards } from "@/drizzle/schema";
import type { BoughtCard } from "@/lib/bamboo";
import { invariant } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { fingerprint } from "@/lib/seal";
import { sealCard } from "./card-box";
import { makeOrderKeys } from "./order-key";

export interface CardsForLine {
  partnerId: string;
  orderId: string;
  orderLineId: string;
  dispatchLineId: string;
}

const LAST = 4;
/** Of a shorter code the last four would be a good part of it. */
const SHORTEST_TO_HINT = 12;

export interface Storing {
  place: CardsForLine;
  bought: readonly BoughtCard[];
}

/** Bamboo's ids of the cards of one line that were stored, and of those that were not sold again. */
export interface Stored {
  stored: number[];
  duplicates: number[];
}

/**
 * Seals and stores cards for some order lines, in one statement. A card or a code that is already stored is left where it is and counted
 * as a duplicate, also the second of one answer: it is not sold again. Answers in the order asked.
 */
export async function storeCards(executor: Executor, storings: readonly Storing[]): Promise<Stored[]> {
  const wanted = storings.filter(({ bought }) => bought.length > 0);
  if (wanted.length === 0) return storings.map(() => ({ stored: [], duplicates: [] }));
  const keys = await makeOrderKeys(
    executor,
    wanted.map(({ place }) => place.orderId),
  );
  const sealed = storings.map(({ place, bought }) => bought.map((card) => seal(place, card, keyOf(keys, place))));
  const written = await executor.insert(cards).values(sealed.flat()).onConflictDoNothing().returning({ id: cards.id });
  const ids = new Set(written.map(({ id }) => id));
  const bambooIds = (rows: readonly { bambooCardId: number }[]) => rows.map(({ bambooCardId }) => bambooCardId);
  return sealed.map((rows) => ({
    stored: bambooIds(rows.filter(({ id }) => ids.has(id))),
    duplicates: bambooIds(rows.filter(({ id }) => !ids.has(id))),
  }));
}

function keyOf(keys: ReadonlyMap<string, Buffer>, { orderId }: CardsForLine): Buffer {
  const key = keys.get(orderId);
  invariant(key, `the key of order ${orderId} was written or found`);
  return key;
}

function seal(place: CardsForLine, card: BoughtCard, key: Buffer) {
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
}

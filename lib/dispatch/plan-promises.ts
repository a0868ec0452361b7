import type { Group, PartnerQueue, Queues } from "./plan-queues";

/*
 * A product that goes goes whole, if that can be: what is left over of it waits until it may be ordered again, and that is seldom. So the
 * cards that wait for the products of a dispatch are promised room in it, each partner's up to its share by weight, so that one who has
 * much of a product does not crowd out the others.
 */

/** A product that is ordered anyhow is ordered for all who wait for it. */
export function promiseFor(queues: Queues, productId: number): void {
  for (const { queue, group } of queues.byProduct.get(productId) ?? []) {
    const before = withinShare(queue, 0);
    queue.opened.push(group);
    queue.promisedCards += cardsOf(group);
    queues.promisedCards += withinShare(queue, 0) - before;
  }
}

/**
 * A partner's next line. Its oldest goes in any case. After that comes what waits for a product that is ordered anyhow, and then only such
 * products as can be ordered whole.
 */
export function nextGroup(queues: Queues, queue: PartnerQueue, maxCards: number): Group | undefined {
  const { ready, opened, postponed, served } = queue;
  while (opened[0]?.lines.length === 0) opened.shift();
  if (served && opened[0]) return opened[0];
  for (let group = ready[0]; group; group = ready[0]) {
    if (group.lines.length > 0) {
      if (!served || hasRoomFor(queues, queue, group, maxCards)) return group;
      // More is promised later on, never less.
      postponed.push(group);
    }
    ready.shift();
  }
  return opened[0];
}

/** Whether all of a partner's cards of one more product have room, and the others' up to their shares. */
function hasRoomFor(queues: Queues, asking: PartnerQueue, { productId }: Group, maxCards: number): boolean {
  let cards = queues.promisedCards;
  for (const { queue, group } of queues.byProduct.get(productId) ?? []) {
    const more = cardsOf(group);
    cards += (queue === asking ? queue.promisedCards + more : withinShare(queue, more)) - withinShare(queue, 0);
  }
  return cards <= maxCards;
}

function withinShare({ promisedCards, shareCards }: PartnerQueue, moreCards: number): number {
  return Math.min(promisedCards + moreCards, shareCards);
}

const cardsOf = ({ lines }: Group) => lines.reduce((sum, { quantity }) => sum + quantity, 0);

import type { EstimateFacts, Pace, WaitingProduct } from "./estimate";
import { futureRoom } from "./product-room";
import type { Span } from "./settle-time";

/** The supplier takes no more in one checkout. */
const MAX_CARDS_PER_DISPATCH = 500;
/** While all that waits has to, the queue is looked at again so often (bench/virtual: 250 ms), so a product's room is seen so much later. */
const LOOK_AGAIN_MS = 250;
/** Counting what is ahead stops here (`orders_ahead` in migration 0009): it may be all that waits. */
export const COUNTED_ORDERS = 1_000;
/** Lines of one product that are counted at most, of a partner's own and of all others. */
export const COUNTED_LINES = 1_000;

/**
 * When a waiting product will be claimed, and whether its own pace decides that rather than the turn. At best every purchase ahead carries all
 * that the supplier takes, at worst what purchases carried lately, and the next slot may have gone a moment ago.
 */
export function placement(
  product: WaitingProduct,
  facts: Pick<EstimateFacts, "ordersAhead" | "heavy" | "limits">,
  pace: Pace,
): Span & { byPace: boolean } {
  const turn = turnSpan(facts.ordersAhead, pace);
  const room = productSpan(product, facts, pace);
  return {
    fromMs: Math.max(turn.fromMs, room.fromMs),
    byMs: Math.max(turn.byMs, room.byMs),
    byPace: room.fromMs > turn.fromMs + pace.slotMs,
  };
}

function turnSpan(ordersAhead: number, pace: Pace): Span {
  const cards = ordersAhead * pace.cardsPerOrder;
  const mostCards = ordersAhead < COUNTED_ORDERS ? cards : Math.max(cards, allCards(pace));
  return {
    fromMs: pace.toClaimedMs + full(cards, MAX_CARDS_PER_DISPATCH) * pace.slotMs,
    byMs: pace.toClaimedMs + (full(mostCards, pace.cardsPerDispatch) + 1) * pace.slotMs,
  };
}

const allCards = ({ waitingOrders, cardsPerOrder }: Pace): number => waitingOrders * cardsPerOrder;

/** What others buy of the product takes a heavy partner's lines along: its wait is between the two. */
function productSpan(
  { usedAgoMs, ownCardsAhead, othersCards, capped }: WaitingProduct,
  { heavy, limits }: Pick<EstimateFacts, "heavy" | "limits">,
  pace: Pace,
): Span {
  const [soonest, latest] = [futureRoom(usedAgoMs, false, limits), futureRoom(usedAgoMs, heavy, limits)];
  // In turn order no other partner gets more before this order than its own earlier orders do, and what fits the same purchase goes along.
  const cards = othersCards.reduce((sum, theirs) => sum + Math.min(theirs, ownCardsAhead), ownCardsAhead);
  const mostCards = capped ? Math.max(cards, allCards(pace)) : cards;
  const lookAgainMs = latest.waitMs > 0 ? LOOK_AGAIN_MS : 0;
  return {
    fromMs: soonest.waitMs + full(cards, MAX_CARDS_PER_DISPATCH) * soonest.paceMs,
    byMs:
      Math.max(soonest.waitMs, latest.waitMs) +
      full(mostCards, pace.cardsPerDispatch) * latest.paceMs +
      pace.slotMs +
      lookAgainMs,
  };
}

/** How many purchases are full before the one that has room. */
const full = (cards: number, cardsPerDispatch: number): number => Math.floor(cards / Math.max(1, cardsPerDispatch));

import type { EstimateFacts, Pace, WaitingProduct } from "./estimate";
import { productRoom } from "./product-room";
import type { Span } from "./settle-time";

/** The supplier takes no more in one checkout. */
const MAX_CARDS_PER_DISPATCH = 500;
/** While all that waits has to, the queue is looked at again so often (bench/virtual: 250 ms), so a product's room is seen so much later. */
const LOOK_AGAIN_MS = 250;
/** Counting what is ahead stops here; beyond it the queue's own length is the better figure. */
const COUNTED_ORDERS = 1_000;

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
  const orders = ordersAhead < COUNTED_ORDERS ? ordersAhead : Math.max(ordersAhead, pace.waitingOrders);
  const cards = orders * pace.cardsPerOrder;
  return {
    fromMs: pace.toClaimedMs + full(cards, MAX_CARDS_PER_DISPATCH) * pace.slotMs,
    byMs: pace.toClaimedMs + (full(cards, pace.cardsPerDispatch) + 1) * pace.slotMs,
  };
}

/** What others buy of the product takes a heavy partner's lines along: its wait is between the two. */
function productSpan(
  { usedAgoMs, ownCardsAhead, othersCards }: WaitingProduct,
  { heavy, limits }: Pick<EstimateFacts, "heavy" | "limits">,
  pace: Pace,
): Span {
  const [soonest, latest] = [productRoom(usedAgoMs, false, limits), productRoom(usedAgoMs, heavy, limits)];
  // In turn order no other partner gets more before this order than its own earlier orders do, and what fits the same purchase goes along.
  const cards = othersCards.reduce((sum, theirs) => sum + Math.min(theirs, ownCardsAhead), ownCardsAhead);
  const lookAgainMs = latest.waitMs > 0 ? LOOK_AGAIN_MS : 0;
  return {
    fromMs: soonest.waitMs + full(cards, MAX_CARDS_PER_DISPATCH) * soonest.paceMs,
    byMs:
      Math.max(soonest.waitMs, latest.waitMs) + full(cards, pace.cardsPerDispatch) * latest.paceMs + pace.slotMs + lookAgainMs,
  };
}

/** How many purchases are full before the one that has room. */
const full = (cards: number, cardsPerDispatch: number): number => Math.floor(cards / Math.max(1, cardsPerDispatch));

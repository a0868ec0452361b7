import type { ProductLimits } from "../product-pace";
import { placement } from "./placement";
import type { NO_ESTIMATE, WAITS_FOR } from "./schemas";
import { type Span, timeLeft } from "./settle-time";

/** What the queue was seen to yield lately; a row of `queue_pace`. */
export interface Pace {
  /** Evenly spaced quantiles of the time from claiming a purchase to its settlement; empty until enough were seen. */
  toSettledMs: readonly number[];
  /** From acceptance to the claim where nothing is in the way. */
  toClaimedMs: number;
  /** Between two purchases while orders wait. */
  slotMs: number;
  cardsPerDispatch: number;
  cardsPerOrder: number;
  waitingOrders: number;
}

/** A product of the order that still waits. */
export interface WaitingProduct {
  productId: number;
  /** How long ago it was bought, within the last minute, newest first. */
  usedAgoMs: readonly number[];
  /** Cards of it that the partner's own earlier orders wait for. */
  ownCardsAhead: number;
  /** Cards of it that each other partner waits for; not looked at where nothing of its own is ahead. */
  othersCards: readonly number[];
  /** More waits for it than was counted. */
  capped: boolean;
}

export interface EstimateFacts {
  pace: Pace | null;
  /** The supplier takes no orders at the moment. */
  silent: boolean;
  /** Orders that have their turn before; at most a thousand. */
  ordersAhead: number;
  /** The partner has so much waiting that it leaves some places of a product's window to the others. */
  heavy: boolean;
  products: readonly WaitingProduct[];
  /** How long ago each purchase for this order was claimed that is not settled yet. */
  boughtAgoMs: readonly number[];
  limits: ProductLimits;
}

export type Estimate =
  | (Span & { kind: "interval"; waitsFor: (typeof WAITS_FOR)[number]; productId: number | null })
  | { kind: "none"; because: (typeof NO_ESTIMATE)[number] };

/**
 * When an order will be settled, in milliseconds from now, as an interval that is meant to hold nine in ten: its turn in the queue, the pace of
 * each of its products, then the time that purchases took lately. It is settled with the last of its parts. Where nothing honest can
 * be said it says why.
 */
export function estimate(facts: EstimateFacts): Estimate {
  const { pace, silent, products, boughtAgoMs } = facts;
  if (silent && products.length > 0) return { kind: "none", because: "supplier_silent" };
  if (!pace || pace.toSettledMs.length === 0) return { kind: "none", because: "not_learned" };
  const fresh = timeLeft(pace.toSettledMs, 0);
  const waiting = products.map((product) => ({
    ...placement(product, facts, pace),
    productId: product.productId,
  }));
  const parts = [
    ...waiting.map(({ fromMs, byMs }) => fresh && { fromMs: fromMs + fresh.fromMs, byMs: byMs + fresh.byMs }),
    ...boughtAgoMs.map((agoMs) => timeLeft(pace.toSettledMs, agoMs)),
  ];
  const known = parts.flatMap((part) => part ?? []);
  if (known.length === 0 || known.length < parts.length) return { kind: "none", because: "overdue" };
  const last = waiting.reduce((latest, part) => (part.fromMs > latest.fromMs ? part : latest), NOTHING_WAITS);
  return {
    kind: "interval",
    fromMs: Math.round(Math.max(...known.map(({ fromMs }) => fromMs))),
    byMs: Math.round(Math.max(...known.map(({ byMs }) => byMs))),
    waitsFor: waiting.length === 0 ? "delivery" : last.byPace ? "product" : "turn",
    productId: last.byPace ? last.productId : null,
  };
}

const NOTHING_WAITS = { fromMs: -1, byMs: -1, byPace: false, productId: 0 };

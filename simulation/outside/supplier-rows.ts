import type { Dispatch, DispatchLine } from "../store/rows";

/** The supplier's own books: what really was bought, whatever the application believes. */
export interface Supplier {
  purchases: Purchase[];
  byRequestId: Map<string, Purchase>;
  /** Every card that was sold, for codes that come twice. */
  sold: SoldCard[];
  /** Until then it refuses us: no funds on our account. */
  fundsAgainAtMs: number;
  /** By product: until then it refuses the line. */
  stockAgainAtMs: Map<number, number>;
  /** Until then it allows half. */
  halvedUntilMs: number;
  /** Until then it fails. */
  backAtMs: number;
  nextCardId: number;
  nextOrderId: number;
  /** Strict counters over all arrivals: what a 429 is decided by. */
  arrivals: Arrivals;
  /** The same over arrivals that were not held up on the way: what our budgets answer for. */
  inTime: Arrivals;
}

export interface Arrivals {
  /** The last two checkouts, newest first. */
  checkouts: number[];
  byProduct: Map<number, number[]>;
}

export interface Purchase {
  supplierOrderId: number;
  requestId: string;
  dispatch: Dispatch;
  acceptedAtMs: number;
  readableAtMs: number;
  finalAtMs: number;
  items: PurchaseItem[];
  /** The request that bought it. */
  sent: Sent;
}

export interface PurchaseItem {
  dispatchLine: DispatchLine;
  /** One for each card ordered; those that could not be bought have no code. */
  cards: SoldCard[];
  /** An answer showed a card here that nobody ordered, as sold. */
  toldUnordered: boolean;
}

export interface SoldCard {
  id: number;
  code: string | null;
}

/** One request as it left us; the network may make copies of it. */
export interface Sent {
  dispatch: Dispatch;
  requestId: string;
  copies: number;
  /** A copy was answered with a definite no. If another copy is then accepted, nobody on our side could have known. */
  refused: boolean;
}

export function emptySupplier(): Supplier {
  return {
    purchases: [],
    byRequestId: new Map(),
    sold: [],
    fundsAgainAtMs: 0,
    stockAgainAtMs: new Map(),
    halvedUntilMs: 0,
    backAtMs: 0,
    nextCardId: 24_150_001,
    nextOrderId: 6_780_001,
    arrivals: { checkouts: [], byProduct: new Map() },
    inTime: { checkouts: [], byProduct: new Map() },
  };
}

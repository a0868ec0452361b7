import type { LineState, OrderState } from "@/lib/orders/states.shared";
import type { Account, Dispatch, Line } from "../store/rows";

/** What the invariants have seen so far: each event is checked by what it added. */
export interface Checked {
  transfers: number;
  cards: number;
  /** By their place in the table. */
  orders: OrderState[];
  lines: Map<Line, LineRecord>;
  balances: Map<Account, number>;
  cardIds: Set<number>;
  codes: Set<string>;
  openOrders: number;
  /** By their place in the table. */
  dispatches: Dispatch["status"][];
  /** So many lines were claimed. */
  claims: number;
  /** By key, the acceptance that a partner was first told. */
  told: Map<string, string>;
}

/** The books of one order line, kept from what was posted and stored, never from the line itself. */
export interface LineRecord {
  status: LineState;
  heldMinor: number;
  capturedMinor: number;
  releasedMinor: number;
  cards: number;
  /** Which it was of all that were claimed; the last time counts. */
  claimed: number;
}

export function nothingChecked(): Checked {
  return {
    transfers: 0,
    cards: 0,
    orders: [],
    lines: new Map(),
    balances: new Map(),
    cardIds: new Set(),
    codes: new Set(),
    openOrders: 0,
    dispatches: [],
    claims: 0,
    told: new Map(),
  };
}

export function recordOf(checked: Checked, line: Line): LineRecord {
  let record = checked.lines.get(line);
  if (!record) {
    record = { status: "queued", heldMinor: 0, capturedMinor: 0, releasedMinor: 0, cards: 0, claimed: 0 };
    checked.lines.set(line, record);
  }
  return record;
}

import type { AllocatedLine } from "@/lib/dispatch/allocate-cards";
import type { AttemptFact, DispatchFacts } from "@/lib/dispatch/next-action";
import type { WaitingLine } from "@/lib/dispatch/plan-dispatch";
import type { LineState, OrderState } from "@/lib/orders/states.shared";

/** The tables of the simulated database: the columns of drizzle/schema that decisions read or invariants speak of. */
export interface Order {
  id: string;
  partner: number;
  currency: string;
  lane: "urgent" | "normal";
  status: OrderState;
  totalMinor: number;
  createdAtMs: number;
  lines: Line[];
  /** The process whose open transaction holds the row. */
  lockedBy: number | null;
  /** The answer as it was first given (`idempotency_keys.body`). */
  answer: string;
}

export interface Line extends WaitingLine {
  order: Order;
  unitPriceMinor: number;
  status: LineState;
  delivered: number;
  returnedMinor: number;
}

export interface Attempt extends AttemptFact {
  number: number;
  /** What was posted; the dispatch's own id, unless a planted bug says otherwise. */
  requestId: string;
}

export interface Dispatch {
  id: string;
  status: DispatchFacts["status"];
  /** The reason it was refused for. */
  rejection: string | null;
  lines: DispatchLine[];
  productIds: number[];
  attempts: Attempt[];
  reads: number;
  lastRead: DispatchFacts["lastRead"];
  placedAtMs: number | null;
  inDoubtSinceMs: number | null;
  escalated: boolean;
  hintedAtMs: number | null;
  calledBackAtMs: number | null;
  reportedOpenAtMs: number | null;
  nextCheckAtMs: number;
}

export interface DispatchLine extends AllocatedLine {
  quantity: number;
  allocations: Allocation[];
}

export interface Allocation {
  orderLineId: string;
  position: number;
  quantity: number;
  line: Line;
}

export interface Card {
  bambooCardId: number;
  code: string;
  line: Line;
  dispatchLine: DispatchLine;
}

export interface Account {
  kind: "available" | "held" | "sales" | "funding" | "supplier_cost" | "supplier_balance";
  partner: number | null;
  currency: string;
  balanceMinor: number;
}

export interface Transfer {
  kind: "top_up" | "hold" | "capture" | "release" | "supplier_cost";
  debit: Account;
  credit: Account;
  amountMinor: number;
  currency: string;
  line: Line | null;
  dispatchLine: DispatchLine | null;
  dispatch: Dispatch | null;
}

export interface OutboxRow {
  name: "orders/queued" | "orders/settled" | "dispatches/placed" | "dispatches/stalled";
  order: Order | null;
  dispatch: Dispatch | null;
  sent: boolean;
  /** The process whose open transaction holds the row. */
  lockedBy: number | null;
}

/** Order and line states with the only moves allowed (design: "Life of an order"). `states.test.ts` proves reachability. */
export const ORDER_STATES = [
  "queued",
  "processing",
  "confirming",
  "completed",
  "partially_completed",
  "failed",
  "cancelled",
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export const ORDER_MOVES: Record<OrderState, readonly OrderState[]> = {
  queued: ["processing", "cancelled"],
  processing: ["confirming", "completed", "partially_completed", "failed"],
  confirming: ["processing", "completed", "partially_completed", "failed"],
  completed: [],
  partially_completed: [],
  failed: [],
  cancelled: [],
};

export const LINE_STATES = ["queued", "processing", "completed", "partially_completed", "failed", "cancelled"] as const;
export type LineState = (typeof LINE_STATES)[number];

export const LINE_MOVES: Record<LineState, readonly LineState[]> = {
  queued: ["processing", "cancelled"],
  processing: ["completed", "partially_completed", "failed"],
  completed: [],
  partially_completed: [],
  failed: [],
  cancelled: [],
};

export function isFinal(state: OrderState): boolean {
  return ORDER_MOVES[state].length === 0;
}

/** The states an order may be in for it to move to `to`; what a conditional update names in its `where`. */
export function statesBefore(to: OrderState): OrderState[] {
  return ORDER_STATES.filter((from) => ORDER_MOVES[from].includes(to));
}

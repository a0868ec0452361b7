/** An order in the queue, as planning sees it. */
export interface WaitingOrder {
  id: string;
  lane: "urgent" | "normal";
  createdAtMs: number;
  productIds: readonly number[];
}

export type Plan =
  | { kind: "claim"; orderId: string; productIds: readonly number[] }
  | { kind: "wait"; waitMs: number }
  | { kind: "empty" };

/**
 * Which waiting order goes next: urgent before normal, then the oldest, passing over those that hold a product whose own window is full.
 * `productWaits` is in milliseconds; a product that it does not name has room.
 */
export function planDispatch(waiting: readonly WaitingOrder[], productWaits: ReadonlyMap<number, number>): Plan {
  if (waiting.length === 0) return { kind: "empty" };
  const inTurn = [...waiting].sort(byTurn);
  const waitOf = (order: WaitingOrder) => Math.max(0, ...order.productIds.map((id) => productWaits.get(id) ?? 0));
  const next = inTurn.find((order) => waitOf(order) === 0);
  if (next) return { kind: "claim", orderId: next.id, productIds: next.productIds };
  return { kind: "wait", waitMs: Math.min(...inTurn.map(waitOf)) };
}

function byTurn(a: WaitingOrder, b: WaitingOrder): number {
  if (a.lane !== b.lane) return a.lane === "urgent" ? -1 : 1;
  return a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1);
}

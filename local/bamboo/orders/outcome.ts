import { chargeFor } from "../money/cost";
import type { FinalStatus, OrderRecord } from "./types";

/** How the order ends by what its lines sell, and what that costs. */
export function outcomeOf(order: Pick<OrderRecord, "items">): {
  status: FinalStatus;
  total: number;
  sold: number;
  wanted: number;
} {
  const sold = sum(order.items.map((item) => item.sold));
  const wanted = sum(order.items.map((item) => item.quantity));
  const total = sum(order.items.map((item) => chargeFor(item.cost, item.sold)));
  const status = sold === wanted ? "Succeeded" : sold === 0 ? "Failed" : "PartialFailed";
  return { status, total, sold, wanted };
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

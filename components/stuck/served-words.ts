import type { StuckItem } from "@/lib/dispatch/stuck.schemas";

/** "ST-000012, ST-000013 and 4 more". */
export function orderWords({ orders, orderCount }: Pick<StuckItem, "orders" | "orderCount">): string {
  const named = orders.map(({ number }) => number).join(", ");
  const more = orderCount - orders.length;
  return more > 0 ? `${named} and ${more} more` : named;
}

/** The partners of the orders that are named, each once. */
export function partnerWords({ orders, orderCount }: Pick<StuckItem, "orders" | "orderCount">): string {
  const names = [...new Set(orders.map(({ partner }) => partner))].join(", ");
  return orderCount > orders.length ? `${names} and others` : names;
}

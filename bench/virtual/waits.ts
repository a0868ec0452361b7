import { percentile } from "../sample";
import type { VirtualOrder, World } from "./world";

/** Seconds from the acceptance of an order to the supplier's yes to it; one that still waits counts with its age so far. */
export function waitsOf({ nowMs }: { nowMs: number }, orders: readonly VirtualOrder[]): number[] {
  return orders.map(({ acceptedAtMs, placedAtMs = nowMs }) => (placedAtMs - acceptedAtMs) / 1_000).sort((a, b) => a - b);
}

export function quantiles(sorted: readonly number[]): { mean: number; p50: number; p95: number; p99: number; max: number } {
  const mean = sorted.reduce((sum, one) => sum + one, 0) / Math.max(sorted.length, 1);
  return {
    mean,
    p50: percentile(sorted, 50),
    p95: percentile(sorted, 95),
    p99: percentile(sorted, 99),
    max: percentile(sorted, 100),
  };
}

export function acceptedBetween({ orders }: World, fromMs: number, toMs: number): VirtualOrder[] {
  return orders.filter(({ acceptedAtMs }) => acceptedAtMs >= fromMs && acceptedAtMs < toMs);
}

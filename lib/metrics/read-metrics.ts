import { type Ctx, requireStaffActor } from "@/lib/auth";
import { readBreakers, readBudgetUsage } from "@/lib/bamboo";
import { readCatalogue, readInDoubt, readMoney, readRecentOrders } from "./read-business";
import { readOrders, readQueue } from "./read-orders";
import { readSeries } from "./read-series";
import { readEndpoints } from "./read-supplier";
import { METRICS_WINDOWS, type Metrics, type MetricsWindow } from "./schemas";

/** The whole Metrics page in one answer. */
export async function readMetrics(ctx: Ctx, window: MetricsWindow): Promise<Metrics> {
  requireStaffActor(ctx, "metrics.read");
  const seconds = METRICS_WINDOWS[window];
  const nowMs = Date.now();
  const [queue, orders, series, endpoints, limits, money, catalogue, recentOrders, inDoubt] = await Promise.all([
    readQueue(),
    readOrders(seconds),
    readSeries(seconds),
    readEndpoints(seconds),
    readLimits(nowMs),
    readMoney(),
    readCatalogue(),
    readRecentOrders(),
    readInDoubt(),
  ]);
  return {
    window,
    at: new Date(nowMs).toISOString(),
    queue,
    orders,
    series,
    supplier: { endpoints, ...limits },
    money,
    catalogue,
    recentOrders,
    inDoubt,
  };
}

async function readLimits(nowMs: number): Promise<Pick<Metrics["supplier"], "budgets" | "breakers">> {
  const [usage, breakers] = await Promise.all([readBudgetUsage(nowMs), readBreakers(nowMs)]);
  return {
    budgets: usage.map(({ endpoint, limit, windowMs, used, pausedUntil }) => ({
      name: endpoint,
      limit,
      windowSeconds: windowMs / 1_000,
      used,
      pausedUntil: pausedUntil?.toISOString() ?? null,
    })),
    breakers: breakers.map(({ endpoint, state, since, failures }) => ({
      endpoint,
      state,
      since: since?.toISOString() ?? null,
      failures,
    })),
  };
}

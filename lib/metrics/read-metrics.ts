import { type Ctx, requireStaffActor } from "@/lib/auth";
import { readBreakers, readBudgetUsage } from "@/lib/bamboo";
import { readCatalogue, readInDoubt, readMoney, readRecentOrders } from "./read-business";
import { readEstimates } from "./read-estimates";
import { readOrders, readQueue } from "./read-orders";
import { readSeries } from "./read-series";
import { readEndpoints } from "./read-supplier";
import { METRICS_WINDOWS, type Metrics, type MetricsWindow } from "./schemas";

/** The whole Metrics page in one answer. */
export async function readMetrics(ctx: Ctx, window: MetricsWindow): Promise<Metrics> {
  requireStaffActor(ctx, "metrics.read");
  const seconds = METRICS_WINDOWS[window];
  const nowMs = Date.now();
  const [queue, orders, estimates, series, endpoints, limits, money, catalogue, recentOrders, inDoubt] = await Promise.all([
    readQueue(),
    readOrders(seconds),
    readEstimates(seconds),
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
    estimates,
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
    budgets: usage.map(({ endpoint, limit, windowMs, used, ahead, pausedUntil }) => ({
      name: endpoint,
      limit,
      windowSeconds: windowMs / 1_000,
      // Turns given out that are still to come may be more than the window holds.
      used: Math.max(used - ahead, 0),
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

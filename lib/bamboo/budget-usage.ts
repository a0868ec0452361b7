import { redis } from "@/lib/redis";
import { BUDGETS, ENDPOINTS, type Endpoint } from "./budgets";
import { budgetKey, pauseKey } from "./reserve-slot";

export interface BudgetUsage {
  endpoint: Endpoint;
  limit: number;
  windowMs: number;
  /** Grants within the window that ends now, those still ahead included. */
  used: number;
  pausedUntil: Date | null;
}

/** How much of each endpoint's budget is taken, for the dashboard. */
export async function readBudgetUsage(nowMs: number): Promise<BudgetUsage[]> {
  return Promise.all(
    ENDPOINTS.map(async (endpoint) => {
      const { limit, windowMs } = BUDGETS[endpoint];
      const [grants, pausedUntil] = await Promise.all([
        redis().lrange<number>(budgetKey(endpoint), 0, limit - 1),
        redis().get<number>(pauseKey(endpoint)),
      ]);
      const used = grants.filter((grantedAt) => Number(grantedAt) > nowMs - windowMs).length;
      return { endpoint, limit, windowMs, used, pausedUntil: pausedUntil && pausedUntil > nowMs ? new Date(pausedUntil) : null };
    }),
  );
}

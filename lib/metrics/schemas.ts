import { z } from "zod";
import { isoTime, moneySchema } from "../money.schemas";
import { ORDER_STATES } from "../orders/schemas";

export const METRICS_WINDOWS = { "1h": 3_600, "24h": 86_400, "7d": 604_800 } as const;
export const metricsQuery = z.object({ window: z.enum(["1h", "24h", "7d"]).default("1h") });
export type MetricsWindow = keyof typeof METRICS_WINDOWS;

const outcomeCount = z.object({ outcome: z.string(), calls: z.number().int() });

/** GET /api/admin/metrics. Durations in seconds; `null` where the window holds nothing to measure. */
export const metricsSchema = z.object({
  window: z.enum(["1h", "24h", "7d"]),
  at: isoTime,
  queue: z.object({
    waiting: z.number().int(),
    processing: z.number().int(),
    confirming: z.number().int(),
    oldestWaitingSeconds: z.number().nullable(),
    outboxUnsent: z.number().int(),
  }),
  orders: z.object({
    accepted: z.number().int(),
    byStatus: z.array(z.object({ status: z.enum(ORDER_STATES), orders: z.number().int() })),
    cardsDelivered: z.number().int(),
    acceptToPlacedP50Seconds: z.number().nullable(),
    acceptToPlacedP95Seconds: z.number().nullable(),
    placedToSettledP50Seconds: z.number().nullable(),
    placedToSettledP95Seconds: z.number().nullable(),
  }),
  /** Orders held against what their partners were told on acceptance; those still open past it count as settled late. */
  estimates: z.object({
    settled: z.number().int(),
    within: z.number().int(),
    early: z.number().int(),
    late: z.number().int(),
    medianWidthSeconds: z.number().nullable(),
    medianWaitSeconds: z.number().nullable(),
  }),
  /** One point per bucket of the window, oldest first, with no holes. */
  series: z.array(
    z.object({
      at: isoTime,
      orders: z.number().int(),
      settled: z.number().int(),
      failed: z.number().int(),
      supplierCalls: z.number().int(),
      supplierErrors: z.number().int(),
    }),
  ),
  supplier: z.object({
    endpoints: z.array(
      z.object({
        endpoint: z.string(),
        calls: z.number().int(),
        outcomes: z.array(outcomeCount),
        p50Ms: z.number().nullable(),
        p95Ms: z.number().nullable(),
        throttled: z.number().int(),
      }),
    ),
    budgets: z.array(
      z.object({
        name: z.string(),
        limit: z.number().int(),
        windowSeconds: z.number(),
        used: z.number().int(),
        pausedUntil: isoTime.nullable(),
      }),
    ),
    breakers: z.array(
      z.object({
        endpoint: z.string(),
        state: z.enum(["closed", "open", "half_open"]),
        since: isoTime.nullable(),
        failures: z.number().int(),
      }),
    ),
  }),
  money: z.array(z.object({ captured: moneySchema, held: moneySchema })),
  catalogue: z.object({
    products: z.number().int(),
    lastRefreshAt: isoTime.nullable(),
    lastRefreshStatus: z.string().nullable(),
    nextRefreshAllowedAt: isoTime.nullable(),
  }),
  recentOrders: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      partner: z.string(),
      status: z.enum(ORDER_STATES),
      cards: z.number().int(),
      total: moneySchema,
      createdAt: isoTime,
      settledAt: isoTime.nullable(),
    }),
  ),
  inDoubt: z.array(z.object({ dispatchId: z.string(), sinceSeconds: z.number(), attempts: z.number().int() })),
});
export type Metrics = z.infer<typeof metricsSchema>;

import { asError, log } from "@/lib/log";
import { enterBreaker, reportToBreaker } from "./breaker";
import type { Endpoint } from "./budgets";
import { type CatalogAnswer, getCatalogPage } from "./catalog-page";
import { type CheckoutAnswer, postCheckout } from "./checkout";
import { getExchangeRates, type RatesAnswer } from "./exchange-rates";
import { getOrder, type OrderReading } from "./get-order";
import { getOrdersReport, type OrdersReport } from "./orders-report";
import { productWaits } from "./product-waits";
import { reserveCheckout, reserveProducts, reserveSlot, type Slot, stillHolds } from "./reserve-slot";
import { pauseEndpoint } from "./throttle";
import { type PastCall, warmBudgets } from "./warm-budgets";

/** One call as it is remembered: no bodies, no codes. */
export interface CallRecord {
  endpoint: Endpoint;
  outcome: string;
  httpStatus: number | null;
  durationMs: number;
  dispatchId?: string;
  productIds?: readonly number[];
}

/** What the supplier's folder needs from outside, since it knows no table. */
export interface SupplierMemory {
  record(call: CallRecord): Promise<void>;
  /** Calls of at least the last 70 seconds, those in flight included. */
  pastCalls(): Promise<PastCall[]>;
}

export type Supplier = ReturnType<typeof createSupplier>;

/** Bamboo behind its limits and breakers: reserve a slot, wait for it, then make the one call it is for. */
export function createSupplier(memory: SupplierMemory) {
  const warm = async () => warmBudgets(await memory.pastCalls());

  const after = async (call: CallRecord, throttledSeconds?: number) => {
    const lessons = [
      memory.record(call),
      reportToBreaker(call.endpoint, call.outcome !== "unclear" && call.outcome !== "unknown"),
      ...(throttledSeconds === undefined ? [] : [pauseEndpoint(call.endpoint, throttledSeconds)]),
    ];
    // What the call told us about the purchase counts even when it cannot be noted for the dashboard or the limits.
    for (const lesson of await Promise.allSettled(lessons)) {
      if (lesson.status === "rejected")
        log.error("A supplier call could not be noted", { endpoint: call.endpoint, err: asError(lesson.reason) });
    }
  };

  return {
    /** Reserves the next call to an endpoint, if its breaker lets one through. */
    async slot(endpoint: Endpoint, maxWaitMs: number): Promise<Slot> {
      const breaker = await enterBreaker(endpoint);
      return breaker.allowed ? reserveSlot(endpoint, maxWaitMs, warm) : refused(breaker.waitMs);
    },

    /** Reserves a checkout of these products, windows included. `entered` says that the breaker let this purchase through already. */
    async checkoutSlot(productIds: readonly number[], maxWaitMs: number, entered = false): Promise<Slot> {
      const breaker = entered ? { allowed: true, waitMs: 0 } : await enterBreaker("placeOrder");
      return breaker.allowed ? reserveCheckout(productIds, maxWaitMs, warm) : refused(breaker.waitMs);
    },

    /** Reserves one more order of each product. */
    productSlots: (productIds: readonly number[], maxWaitMs: number): Promise<Slot> =>
      reserveProducts(productIds, maxWaitMs, warm),

    stillHolds,

    /** Milliseconds until each product may be ordered once more. */
    productWaits,

    /** Stops an endpoint for every instance. */
    pause: pauseEndpoint,

    async checkout(requestId: string, body: string, productIds: readonly number[]): Promise<CheckoutAnswer> {
      const answer = await postCheckout(requestId, body);
      const { outcome, httpStatus, durationMs } = answer;
      const throttled = outcome.kind === "throttled" ? outcome.waitSeconds : undefined;
      await after(
        { endpoint: "placeOrder", outcome: outcome.kind, httpStatus, durationMs, dispatchId: requestId, productIds },
        throttled,
      );
      return answer;
    },

    async order(requestId: string): Promise<OrderReading> {
      const { reading, httpStatus, durationMs } = await getOrder(requestId);
      const throttled = reading.kind === "throttled" ? reading.waitSeconds : undefined;
      await after({ endpoint: "getOrder", outcome: reading.kind, httpStatus, durationMs, dispatchId: requestId }, throttled);
      return reading;
    },

    async catalogPage(pageIndex: number): Promise<CatalogAnswer> {
      const { answer, httpStatus, durationMs } = await getCatalogPage(pageIndex);
      await after(
        { endpoint: "catalog", outcome: answer.kind, httpStatus, durationMs },
        answer.kind === "throttled" ? answer.waitSeconds : undefined,
      );
      return answer;
    },

    async rates(base: string): Promise<RatesAnswer> {
      const { answer, httpStatus, durationMs } = await getExchangeRates(base);
      const throttled = answer.kind === "throttled" ? answer.waitSeconds : undefined;
      await after({ endpoint: "exchangeRates", outcome: answer.kind, httpStatus, durationMs }, throttled);
      return answer;
    },

    /** What was bought on one day, `YYYY-MM-DD`. */
    async ordersReport(day: string): Promise<OrdersReport> {
      const { report, httpStatus, durationMs } = await getOrdersReport(day);
      const throttled = report.kind === "throttled" ? report.waitSeconds : undefined;
      await after({ endpoint: "ordersReport", outcome: report.kind, httpStatus, durationMs }, throttled);
      return report;
    },
  };
}

const refused = (waitMs: number): Slot => ({ granted: false, waitMs, marker: 0, askedAt: 0, answeredAt: 0 });

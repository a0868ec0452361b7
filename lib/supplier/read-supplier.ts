import { db } from "@/drizzle/client";
import { type Ctx, requireStaffActor } from "@/lib/auth";
import { budgets } from "@/lib/bamboo";
import { asError, log } from "@/lib/log";
import { readChanges, readHour, readPauseReasons } from "./read-calls";
import { readLimits } from "./read-limits";
import { readProducts } from "./read-products";
import { readQueue } from "./read-queue";
import { SUPPLIER_ENDPOINTS, type SupplierView } from "./schemas";
import { supplier } from "./supplier";

/** The whole Supplier page but its list of calls. */
export async function readSupplier(ctx: Ctx): Promise<SupplierView> {
  requireStaffActor(ctx, "metrics.read");
  const nowMs = Date.now();
  const [endpoints, changes, queue, products] = await Promise.all([
    readEndpoints(nowMs),
    readChanges(),
    readQueue(db()),
    readProductUse(nowMs),
  ]);
  return { at: new Date(nowMs).toISOString(), endpoints, changes, queue, products };
}

async function readEndpoints(nowMs: number): Promise<SupplierView["endpoints"]> {
  const [limits, hour] = await Promise.all([readLimits(nowMs), readHour()]);
  const paused = SUPPLIER_ENDPOINTS.filter((endpoint) => limits?.get(endpoint)?.pausedUntil);
  const reasons = await readPauseReasons(paused);
  return SUPPLIER_ENDPOINTS.map((endpoint) => ({
    ...(hour.get(endpoint) ?? NO_CALLS),
    endpoint,
    limits: limits?.get(endpoint) ?? null,
    pausedFor: reasons.get(endpoint) ?? null,
  }));
}

const NO_CALLS = { calls: 0, outcomes: [], throttled: 0, p50Ms: null, p95Ms: null };

async function readProductUse(nowMs: number): Promise<SupplierView["products"]> {
  const { limit, windowMs, gapMs, source } = budgets().placeOrderProduct;
  try {
    return await readProducts(db(), await supplier().productUse(), { limit, windowMs, gapMs, source }, nowMs);
  } catch (thrown) {
    log.warn("The use of products cannot be read", { err: asError(thrown) });
    return null;
  }
}

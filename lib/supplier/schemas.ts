import { z } from "zod";
import { isoTime } from "../money.schemas";
import { pageOf, pageQuery } from "../paging.schemas";

/** What staff see under /api/admin/supplier. Durations are in milliseconds; a time of `null` is "not at all". */

export const SUPPLIER_ENDPOINTS = ["placeOrder", "getOrder", "catalog", "exchangeRates", "ordersReport"] as const;
export type SupplierEndpoint = (typeof SUPPLIER_ENDPOINTS)[number];

/** How a call ended, over all endpoints. Only `unknown` and `unclear` count against the breaker. */
export const CALL_OUTCOMES = [
  "placed",
  "rejected",
  "found",
  "not_found",
  "page",
  "rates",
  "report",
  "refused",
  "throttled",
  "unknown",
  "unclear",
] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

const budgetFigures = z.object({
  limit: z.number().int(),
  windowMs: z.number(),
  /** At least so far apart; 0 where only the window counts. */
  gapMs: z.number(),
  source: z.enum(["default", "environment"]),
});

/** The state that all instances share. */
const limitsSchema = z.object({
  budget: budgetFigures,
  /** Calls that left within the window that ends now. */
  used: z.number().int(),
  /** Moments given out that are still to come. */
  ahead: z.number().int(),
  /** When the next call could go; null is at once. */
  nextFreeAt: isoTime.nullable(),
  /** How much later than it left a call is taken to arrive: `nowMs` is wider than `baseMs` after a 429. */
  guard: z.object({ baseMs: z.number(), nowMs: z.number() }),
  pausedUntil: isoTime.nullable(),
  breaker: z.object({ state: z.enum(["closed", "open", "half_open"]), since: isoTime.nullable(), failures: z.number().int() }),
});
export type SupplierLimits = z.infer<typeof limitsSchema>;

/** The calls of the last hour. */
const callFigures = z.object({
  calls: z.number().int(),
  outcomes: z.array(z.object({ outcome: z.string(), calls: z.number().int() })),
  throttled: z.number().int(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
});

const endpointSchema = callFigures.extend({
  endpoint: z.enum(SUPPLIER_ENDPOINTS),
  /** Null while the shared memory cannot be read: nothing is sent to the supplier as long. */
  limits: limitsSchema.nullable(),
  /** Why it is paused: the supplier said 429, or refused for a reason that is ours. */
  pausedFor: z.enum(["throttled", "refused"]).nullable(),
});
export type SupplierEndpointView = z.infer<typeof endpointSchema>;

export const breakerChangeSchema = z.object({
  id: z.number().int(),
  endpoint: z.string(),
  change: z.enum(["opened", "closed"]),
  failures: z.number().int(),
  at: isoTime,
  /** Of a closing: how long it had been open. */
  openForMs: z.number().nullable(),
});
export type BreakerChangeView = z.infer<typeof breakerChangeSchema>;

const waitingFigures = z.object({
  lines: z.number().int(),
  orders: z.number().int(),
  cards: z.number().int(),
  oldestAt: isoTime,
});

/** What waits to be bought. Counted up to a bound, `cut` where there is more. */
const queueSchema = z.object({
  lanes: z.array(waitingFigures.extend({ lane: z.enum(["urgent", "normal"]) })),
  /** Those with the most cards; `weight` is their share of the turns. */
  partners: z.array(waitingFigures.extend({ id: z.string(), name: z.string(), weight: z.number().int() })),
  partnerCount: z.number().int(),
  cut: z.boolean(),
});
export type SupplierQueue = z.infer<typeof queueSchema>;

const productSchema = z.object({
  id: z.number().int(),
  name: z.string().nullable(),
  /** Orders of it within its window, those ahead included. */
  used: z.number().int(),
  /** When it may be ordered once more; null is at once. */
  nextFreeAt: isoTime.nullable(),
  waitingLines: z.number().int(),
});

/** GET /api/admin/supplier */
export const supplierSchema = z.object({
  at: isoTime,
  endpoints: z.array(endpointSchema),
  /** The latest, newest first. */
  changes: z.array(breakerChangeSchema),
  queue: queueSchema,
  /** Products ordered within their window, fullest first; null while the shared memory cannot be read. */
  products: z.object({ budget: budgetFigures, items: z.array(productSchema), full: z.number().int() }).nullable(),
});
export type SupplierView = z.infer<typeof supplierSchema>;

/** One call: no bodies, no codes. */
export const supplierCallSchema = z.object({
  id: z.number().int(),
  at: isoTime,
  endpoint: z.string(),
  outcome: z.string(),
  httpStatus: z.number().int().nullable(),
  durationMs: z.number(),
  /** The purchase that it was for. */
  dispatchId: z.string().nullable(),
  products: z.number().int(),
});
export type SupplierCall = z.infer<typeof supplierCallSchema>;

/** GET /api/admin/supplier/calls: newest first. */
export const supplierCallsQuery = pageQuery.extend({
  endpoint: z.enum(SUPPLIER_ENDPOINTS).optional(),
  outcome: z.enum(CALL_OUTCOMES).optional(),
});
export const supplierCallsPage = pageOf(supplierCallSchema);
export type SupplierCallsPage = z.infer<typeof supplierCallsPage>;

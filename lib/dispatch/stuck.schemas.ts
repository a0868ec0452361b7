import { z } from "zod";
import { isoTime, moneySchema } from "../money.schemas";
import { pageOf, pageQuery } from "../paging.schemas";

const DISPATCH_STATES = ["prepared", "placed", "settled", "rejected"] as const;
const ATTEMPT_OUTCOMES = ["placed", "rejected", "throttled", "unknown"] as const;

/** A purchase may be asked about by a person once in so long. */
export const ASK_AGAIN_SECONDS = 30;
/** Orders named in a row of the list; the rest is counted. */
export const ORDERS_NAMED = 3;

const servedOrder = z.object({ id: z.string(), number: z.string(), partner: z.string() });

export const stuckItemSchema = z.object({
  /** The RequestId at the supplier. */
  id: z.string(),
  status: z.enum(DISPATCH_STATES),
  /** Since when its outcome is unclear or overdue. */
  since: isoTime,
  ageSeconds: z.number(),
  cards: z.number().int(),
  /** What the partners pay for it, one sum per currency. */
  sums: z.array(moneySchema),
  /** The first few, in claim order; `orderCount` counts all. */
  orders: z.array(servedOrder),
  orderCount: z.number().int(),
  attempts: z.number().int(),
  reads: z.number().int(),
  /** What the supplier told last, in words. */
  lastAnswer: z.string(),
  lastAnswerAt: isoTime.nullable(),
  escalatedAt: isoTime.nullable(),
  nextCheckAt: isoTime,
});
export type StuckItem = z.infer<typeof stuckItemSchema>;

/** GET /api/admin/stuck: longest in doubt first. */
export const stuckQuery = pageQuery;
export const stuckPage = pageOf(stuckItemSchema);
export type StuckPage = z.infer<typeof stuckPage>;

const attemptSchema = z.object({
  number: z.number().int(),
  startedAt: isoTime,
  endedAt: isoTime.nullable(),
  /** Null: it may have been sent, and no answer was written down. */
  outcome: z.enum(ATTEMPT_OUTCOMES).nullable(),
  httpStatus: z.number().int().nullable(),
  reason: z.string().nullable(),
  words: z.string(),
});

const readSchema = z.object({
  at: isoTime,
  outcome: z.string(),
  httpStatus: z.number().int().nullable(),
  durationMs: z.number().int(),
  words: z.string(),
});

const productSchema = z.object({
  productId: z.number().int(),
  name: z.string(),
  face: moneySchema,
  quantity: z.number().int(),
  /** Who gets how many, in claim order: a shortage falls on the last. */
  allocations: z.array(
    z.object({
      position: z.number().int(),
      orderId: z.string(),
      number: z.string(),
      partner: z.string(),
      quantity: z.number().int(),
      total: moneySchema,
    }),
  ),
});

/** GET /api/admin/stuck/{id}: the evidence, also of a purchase that is over by now. */
export const stuckDetailSchema = z.object({
  id: z.string(),
  status: z.enum(DISPATCH_STATES),
  /** Open, and its outcome unclear or overdue. */
  inDoubt: z.boolean(),
  since: isoTime.nullable(),
  createdAt: isoTime,
  placedAt: isoTime.nullable(),
  settledAt: isoTime.nullable(),
  escalatedAt: isoTime.nullable(),
  cards: z.number().int(),
  sums: z.array(moneySchema),
  supplierOrderId: z.number().int().nullable(),
  supplierStatus: z.string().nullable(),
  rejection: z.string().nullable(),
  /** As it is posted on every attempt, to the byte. It holds no codes. */
  body: z.string(),
  products: z.array(productSchema),
  attempts: z.array(attemptSchema),
  /** Newest first. `readCount` counts those that are no longer kept too. */
  reads: z.array(readSchema),
  readCount: z.number().int(),
  lastAnswer: z.string(),
  lastAnswerAt: isoTime.nullable(),
  next: z.object({
    action: z.enum(["post", "ask", "reject", "done"]),
    /** Null: as soon as somebody looks and the limits let it through. */
    at: isoTime.nullable(),
    words: z.string(),
    /** When the durable functions look again; past it the sweep does, each minute. */
    nextCheckAt: isoTime,
  }),
  /** What a person can do, one sentence each. */
  advice: z.array(z.string()),
  /** Seconds until a person may have it asked again; 0 is now, null is never, since it is over. */
  askInSeconds: z.number().nullable(),
});
export type StuckDetail = z.infer<typeof stuckDetailSchema>;

/** 202 of POST /api/admin/stuck/{id}/inquiries. */
export const inquirySchema = z.object({ id: z.string(), askedAt: isoTime, nextAllowedAt: isoTime });
export type Inquiry = z.infer<typeof inquirySchema>;

import { z } from "zod";
import { cardSchema } from "../cards/schemas";
import { intervalSchema, NO_ESTIMATE, WAITS_FOR } from "../estimates/schemas";
import { isoTime, moneySchema } from "../money.schemas";
import { pageOf, pageQuery, plainText, searchText } from "../paging.schemas";
import { explanationSchema, MAX_CARDS_PER_ORDER, MAX_LINES_PER_ORDER, wantedLines } from "../quotes/schemas";
import { LINE_STATES, ORDER_STATES } from "./states.shared";

export { MAX_CARDS_PER_ORDER, MAX_LINES_PER_ORDER, ORDER_STATES };

export const LANES = ["urgent", "normal"] as const;
export type Lane = (typeof LANES)[number];
const MAX_REFERENCE_LENGTH = 80;

/** POST /api/v1/orders. */
export const placeOrderInput =
  // Strict: a misspelt `maxTotalMinor` must not order without its guard.
  z.strictObject({
    lines: wantedLines,
    /** The partner's own reference, shown in lists and searchable. */
    reference: plainText(MAX_REFERENCE_LENGTH).optional(),
    /** In minor units of the wallet's currency. Where the price came out higher the order is refused with `price_changed`. */
    maxTotalMinor: z.number().int().positive().optional(),
    /** The price of this quote of the same lines, if it did not expire; each quote is for one order. */
    quoteId: z.guid().optional(),
    /** `urgent` goes before all that is `normal`; for partners who may use it. Default `normal`. */
    lane: z.enum(LANES).optional(),
  });
export type PlaceOrderInput = z.infer<typeof placeOrderInput>;

export const orderLineSchema = z.object({
  id: z.string(),
  productId: z.number().int(),
  productName: z.string(),
  brandName: z.string(),
  /** A path of ours that shows the picture; null: there is none. */
  logoUrl: z.string().nullable(),
  face: moneySchema,
  quantity: z.number().int(),
  unitPrice: moneySchema,
  total: moneySchema,
  /** How the unit price came about; null on orders from before this was kept. */
  explanation: explanationSchema.nullable(),
  status: z.enum(LINE_STATES),
  delivered: z.number().int(),
  returned: moneySchema,
  /** One sentence for a person, where cards were not delivered. */
  failure: z.string().nullable(),
});

/** What happened, newest last. `title` is for a person; `kind` is for a program. */
export const timelineEntrySchema = z.object({
  id: z.string(),
  at: isoTime,
  kind: z.string(),
  title: z.string(),
  detail: z.string().nullable(),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

export const orderSummarySchema = z.object({
  id: z.string(),
  /** For people: ST-000123. */
  number: z.string(),
  status: z.enum(ORDER_STATES),
  lane: z.enum(LANES),
  reference: z.string().nullable(),
  /** e.g. "Example Games 10 EUR" or "Example Games 10 EUR and 2 more". */
  summary: z.string(),
  cards: z.number().int(),
  delivered: z.number().int(),
  total: moneySchema,
  captured: moneySchema,
  returned: moneySchema,
  placedBy: z.string(),
  createdAt: isoTime,
  settledAt: isoTime.nullable(),
  /** When it would be settled, as told on acceptance; it never changes. Null where nothing honest could be said. */
  estimate: intervalSchema.nullable(),
});
export type OrderSummary = z.infer<typeof orderSummarySchema>;

/** GET /api/v1/orders/{id} */
export const orderSchema = orderSummarySchema.extend({
  lines: z.array(orderLineSchema),
  timeline: z.array(timelineEntrySchema),
  cardList: z.array(cardSchema),
  /**
   * About its place in turn order, 1 is next; null once it left the queue. It counts orders, while turns go by cards: a partner with large
   * orders has fewer of them in a turn. 1,001 says that a thousand or more are ahead.
   */
  position: z.number().int().nullable(),
  /** When it will be settled as it looks now; null once it is, and where nothing honest can be said. */
  expected: intervalSchema.nullable(),
  /** What it waits for now: its turn, a product's own pace, the cards; or why there is no `expected`. Null once it is settled. */
  waitsFor: z.enum([...WAITS_FOR, ...NO_ESTIMATE, "confirmation"]).nullable(),
  /** The product whose pace it waits for. */
  waitsForProduct: z.string().nullable(),
  cancellable: z.boolean(),
});
export type Order = z.infer<typeof orderSchema>;

/** GET /api/v1/orders */
export const ordersQuery = pageQuery.extend({
  status: z.enum(ORDER_STATES).optional(),
  search: searchText.optional(),
});
export const ordersPage = pageOf(orderSummarySchema);
export type OrdersPage = z.infer<typeof ordersPage>;

/** 202 of POST /api/v1/orders, and 200 of POST /api/v1/orders/{id}/cancellation. */
export const orderAcceptedSchema = z.object({
  id: z.string(),
  number: z.string(),
  status: z.enum(ORDER_STATES),
  lane: z.enum(LANES),
  total: moneySchema,
  /** About its place in turn order, as the order itself has it. */
  position: z.number().int().nullable(),
  estimate: intervalSchema.nullable(),
  createdAt: isoTime,
});
export type OrderAccepted = z.infer<typeof orderAcceptedSchema>;

import { sql } from "drizzle-orm";
import { bigint, bigserial, check, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { cost, createdAt, id, time } from "./columns";
import { orderLines } from "./orders";

/** One purchase at the supplier. `id` is the RequestId; `body` is what is posted, to the byte, on every attempt. */
export const dispatches = pgTable(
  "dispatches",
  {
    id: uuid("id").primaryKey(),
    accountId: bigint("account_id", { mode: "number" }).notNull(),
    status: text("status", { enum: ["prepared", "placed", "settled", "rejected"] })
      .notNull()
      .default("prepared"),
    body: text("body").notNull(),
    cards: integer("cards").notNull(),
    /** When it is next worth a look; the sweep nudges what is past it. */
    nextCheckAt: time("next_check_at").notNull().defaultNow(),
    reads: integer("reads").notNull().default(0),
    /** The last answer to a read, kept as a fact for the next decision. */
    lastReadAt: time("last_read_at"),
    lastReadResult: text("last_read_result", { enum: ["not_found", "open", "final", "unclear"] }),
    /** A callback, or a person, said that there is news. It calls for a read until one is later than this. */
    hintedAt: time("hinted_at"),
    /** When the supplier first called about it. A person's word is none: this is what tells how long purchases take there. */
    calledBackAt: time("called_back_at"),
    /** When its report of orders last named it as not over. Counts like a read that found it open. */
    reportedOpenAt: time("reported_open_at"),
    /** When a person last had the supplier asked; that may be done only so often. */
    askedAt: time("asked_at"),
    /** Since when the outcome is unclear; cleared by a clear answer. */
    inDoubtSince: time("in_doubt_since"),
    escalatedAt: time("escalated_at"),
    supplierOrderId: bigint("supplier_order_id", { mode: "number" }),
    supplierStatus: text("supplier_status"),
    supplierTotal: cost("supplier_total"),
    supplierCurrency: text("supplier_currency"),
    rejection: text("rejection"),
    createdAt: createdAt(),
    placedAt: time("placed_at"),
    settledAt: time("settled_at"),
  },
  (table) => [
    index("dispatches_due").on(table.nextCheckAt).where(sql`status in ('prepared', 'placed')`),
    index("dispatches_created").on(table.createdAt),
    // The last settlements, of which estimates learn.
    index("dispatches_settled_at").on(table.settledAt).where(sql`status = 'settled'`),
    check("dispatches_settled", sql`(${table.settledAt} is not null) = (${table.status} in ('settled', 'rejected'))`),
  ],
);

/** What is bought: product by face value, merged over the order lines it serves. */
export const dispatchLines = pgTable(
  "dispatch_lines",
  {
    id: id(),
    dispatchId: uuid("dispatch_id")
      .notNull()
      .references(() => dispatches.id),
    productId: bigint("product_id", { mode: "number" }).notNull(),
    faceMinor: bigint("face_minor", { mode: "number" }).notNull(),
    faceCurrency: text("face_currency").notNull(),
    quantity: integer("quantity").notNull(),
  },
  (table) => [
    unique("dispatch_lines_product").on(table.dispatchId, table.productId, table.faceMinor),
    // The last purchases of a product; ids follow time.
    index("dispatch_lines_product_recent").on(table.productId, table.id),
    check("dispatch_lines_quantity", sql`${table.quantity} > 0`),
  ],
);

/** Which order line gets how many cards of which dispatch line, in claim order. */
export const allocations = pgTable(
  "allocations",
  {
    id: id(),
    dispatchLineId: uuid("dispatch_line_id")
      .notNull()
      .references(() => dispatchLines.id),
    orderLineId: uuid("order_line_id")
      .notNull()
      .references(() => orderLines.id),
    position: integer("position").notNull(),
    quantity: integer("quantity").notNull(),
  },
  (table) => [
    unique("allocations_position").on(table.dispatchLineId, table.position),
    unique("allocations_pair").on(table.orderLineId, table.dispatchLineId),
    check("allocations_quantity", sql`${table.quantity} > 0`),
  ],
);

/** One POST of a dispatch, committed before the socket is opened. An attempt without an outcome may have been sent. */
export const attempts = pgTable(
  "attempts",
  {
    id: id(),
    dispatchId: uuid("dispatch_id")
      .notNull()
      .references(() => dispatches.id),
    number: integer("number").notNull(),
    startedAt: time("started_at").notNull().defaultNow(),
    finishedAt: time("finished_at"),
    outcome: text("outcome", { enum: ["placed", "rejected", "throttled", "unknown"] }),
    httpStatus: integer("http_status"),
    reason: text("reason"),
  },
  (table) => [
    unique("attempts_number").on(table.dispatchId, table.number),
    check("attempts_outcome", sql`(${table.outcome} is null) = (${table.finishedAt} is null)`),
  ],
);

/** Every call to the supplier, for the dashboard and for refilling a budget's window after the cache lost it. No bodies. */
export const supplierCalls = pgTable(
  "supplier_calls",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    endpoint: text("endpoint").notNull(),
    outcome: text("outcome").notNull(),
    httpStatus: integer("http_status"),
    durationMs: integer("duration_ms").notNull(),
    dispatchId: uuid("dispatch_id"),
    productIds: bigint("product_ids", { mode: "number" }).array(),
    createdAt: createdAt(),
  },
  (table) => [
    index("supplier_calls_created").on(table.createdAt, table.endpoint),
    // The evidence of one purchase.
    index("supplier_calls_dispatch").on(table.dispatchId, table.createdAt).where(sql`dispatch_id is not null`),
    // The list of calls, newest first: of one endpoint, or of one outcome at each.
    index("supplier_calls_endpoint").on(table.endpoint, table.id),
    index("supplier_calls_outcome").on(table.endpoint, table.outcome, table.id),
  ],
);

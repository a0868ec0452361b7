import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { users } from "./auth";
import { rateSnapshots } from "./catalog";
import { bytea, createdAt, id, time } from "./columns";
import { partners } from "./partners";
import { type Explanation, quotes } from "./quotes";

const ORDER_STATUS = ["queued", "processing", "confirming", "completed", "partially_completed", "failed", "cancelled"] as const;
const LINE_STATUS = ["queued", "processing", "completed", "partially_completed", "failed", "cancelled"] as const;

export const orders = pgTable(
  "orders",
  {
    id: id(),
    sequence: bigserial("sequence", { mode: "number" }).notNull().unique(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    status: text("status", { enum: ORDER_STATUS }).notNull().default("queued"),
    lane: text("lane", { enum: ["urgent", "normal"] })
      .notNull()
      .default("normal"),
    currency: text("currency").notNull(),
    totalMinor: bigint("total_minor", { mode: "number" }).notNull(),
    cards: integer("cards").notNull(),
    reference: text("reference"),
    rateSnapshotId: uuid("rate_snapshot_id").references(() => rateSnapshots.id),
    /** The quote whose prices these are; each is for one order. */
    quoteId: uuid("quote_id").references(() => quotes.id),
    placedBy: text("placed_by")
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
    claimedAt: time("claimed_at"),
    placedAt: time("placed_at"),
    settledAt: time("settled_at"),
    /** When it will be settled, as the partner was told on acceptance; never changed. */
    estimatedFrom: time("estimated_from"),
    estimatedBy: time("estimated_by"),
  },
  (table) => [
    // A partner's list, newest first, by keyset.
    index("orders_partner_list").on(table.partnerId, table.createdAt, table.id),
    // The queue in turn order, and the sweep's look at what waits too long.
    index("orders_queue").on(table.lane, table.createdAt, table.id).where(sql`status = 'queued'`),
    // Each partner's waiting orders in its own order: the position (migration 0009).
    index("orders_turns").on(table.lane, table.partnerId, table.createdAt, table.id).where(sql`status = 'queued'`),
    index("orders_open").on(table.status, table.createdAt).where(sql`status in ('queued', 'processing', 'confirming')`),
    uniqueIndex("orders_quote_once").on(table.quoteId).where(sql`quote_id is not null`),
    // The metrics windows.
    index("orders_created").on(table.createdAt, table.id),
    check(
      "orders_status",
      sql`${table.status} in ('queued','processing','confirming','completed','partially_completed','failed','cancelled')`,
    ),
    check("orders_total", sql`${table.totalMinor} > 0 and ${table.cards} between 1 and 500`),
    check(
      "orders_settled",
      sql`(${table.settledAt} is not null) = (${table.status} in ('completed','partially_completed','failed','cancelled'))`,
    ),
    check(
      "orders_estimate",
      sql`(${table.estimatedFrom} is null) = (${table.estimatedBy} is null) and ${table.estimatedFrom} <= ${table.estimatedBy}`,
    ),
  ],
);

export const orderLines = pgTable(
  "order_lines",
  {
    id: id(),
    orderId: uuid("order_id")
      .notNull()
      .references(() => orders.id),
    /** What planning asks of a waiting line, as it stands on its order, so that one index is the queue. */
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    lane: text("lane", { enum: ["urgent", "normal"] })
      .notNull()
      .default("normal"),
    queuedAt: time("queued_at").notNull().defaultNow(),
    /** A purchase that this database forgot bought it: it waits until all that was bought with it is back. */
    heldFor: uuid("held_for"),
    position: integer("position").notNull(),
    productId: bigint("product_id", { mode: "number" }).notNull(),
    /** As they were when the order was accepted: the catalogue moves on. */
    productName: text("product_name").notNull(),
    brandName: text("brand_name").notNull(),
    logoUrl: text("logo_url"),
    faceMinor: bigint("face_minor", { mode: "number" }).notNull(),
    faceCurrency: text("face_currency").notNull(),
    quantity: integer("quantity").notNull(),
    unitPriceMinor: bigint("unit_price_minor", { mode: "number" }).notNull(),
    /** How it came about, as the partner was told; null on lines from before this was kept. */
    priceBasis: jsonb("price_basis").$type<Explanation>(),
    status: text("status", { enum: LINE_STATUS }).notNull().default("queued"),
    delivered: integer("delivered").notNull().default(0),
    returnedMinor: bigint("returned_minor", { mode: "number" }).notNull().default(0),
    failure: text("failure"),
  },
  (table) => [
    unique("order_lines_position").on(table.orderId, table.position),
    // The queue: each partner's waiting lines in turn order.
    index("order_lines_queue")
      .on(table.lane, table.partnerId, table.queuedAt, table.id)
      .where(sql`status = 'queued' and held_for is null`),
    // What waits for one product, which leaves at a pace of its own: the estimate.
    index("order_lines_product_queue")
      .on(table.productId, table.partnerId, table.queuedAt)
      .where(sql`status = 'queued' and held_for is null`),
    // What a partner ordered stays readable to it, by product (migration 0013).
    index("order_lines_of_product").on(table.partnerId, table.productId),
    index("order_lines_held").on(table.heldFor).where(sql`held_for is not null`),
    check(
      "order_lines_quantity",
      sql`${table.quantity} between 1 and 500 and ${table.unitPriceMinor} > 0 and ${table.faceMinor} > 0`,
    ),
    check("order_lines_delivered", sql`${table.delivered} between 0 and ${table.quantity}`),
    // Delivered is charged and the rest comes back: never both, never neither, once the line is final.
    check(
      "order_lines_returned",
      sql`${table.returnedMinor} between 0 and (${table.quantity} - ${table.delivered}) * ${table.unitPriceMinor}`,
    ),
    check(
      "order_lines_final",
      sql`${table.status} in ('queued','processing') or ${table.returnedMinor} = (${table.quantity} - ${table.delivered}) * ${table.unitPriceMinor}`,
    ),
  ],
);

/** The timeline of an order. */
export const orderEvents = pgTable(
  "order_events",
  {
    id: id(),
    orderId: uuid("order_id")
      .notNull()
      .references(() => orders.id),
    kind: text("kind").notNull(),
    title: text("title").notNull(),
    detail: text("detail"),
    createdAt: createdAt(),
  },
  (table) => [index("order_events_order").on(table.orderId, table.createdAt, table.id)],
);

/** The first answer to a request, replayed byte for byte. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    key: text("key").notNull(),
    requestHash: bytea("request_hash").notNull(),
    status: integer("status").notNull(),
    body: text("body").notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.partnerId, table.key] }), index("idempotency_keys_created").on(table.createdAt)],
);

/** Events written with the change they tell of; sent after commit, and again by the sweep until `sent_at` is set. */
export const outbox = pgTable(
  "outbox",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    name: text("name").notNull(),
    data: jsonb("data").$type<Record<string, string>>().notNull(),
    createdAt: createdAt(),
    sentAt: time("sent_at"),
  },
  (table) => [index("outbox_unsent").on(table.id).where(sql`sent_at is null`)],
);

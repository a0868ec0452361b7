import { sql } from "drizzle-orm";
import { check, date, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { cost, time } from "./columns";

/**
 * Purchases that the supplier's report of orders names and that were unknown here when it was read. While no dispatch has the id of a row,
 * the purchase is forgotten: it was paid for, and no order here is about it.
 */
export const reportedPurchases = pgTable(
  "reported_purchases",
  {
    requestId: uuid("request_id").primaryKey(),
    orderNumber: text("order_number").notNull(),
    status: text("status").notNull(),
    cards: integer("cards").notNull(),
    /** For a person, as the supplier calls them. */
    products: text("products").notNull(),
    total: cost("total").notNull(),
    currency: text("currency").notNull(),
    /** A day without a zone, as the supplier tells it. */
    orderedOn: date("ordered_on", { mode: "string" }),
    /** The day whose report named it first. */
    reportedDay: date("reported_day", { mode: "string" }).notNull(),
    firstSeenAt: time("first_seen_at").notNull().defaultNow(),
    lastSeenAt: time("last_seen_at").notNull().defaultNow(),
  },
  (table) => [check("reported_purchases_cards", sql`${table.cards} >= 0`)],
);

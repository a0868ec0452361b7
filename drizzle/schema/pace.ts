import { sql } from "drizzle-orm";
import { boolean, check, integer, pgTable } from "drizzle-orm/pg-core";
import { time } from "./columns";

/** One row: what the queue was seen to yield lately, in milliseconds, from which estimates are made (migration 0009). */
export const queuePace = pgTable(
  "queue_pace",
  {
    single: boolean("single").primaryKey().default(true),
    /** `-infinity` before the first look. */
    refreshedAt: time("refreshed_at").notNull().default(sql`'-infinity'`),
    /** Settled purchases that the quantiles come from. */
    sample: integer("sample").notNull().default(0),
    /** Quantiles 0, 5, .. 100 % of the time from claiming a purchase to its settlement; empty until enough were seen. */
    toSettledMs: integer("to_settled_ms").array().notNull().default([]),
    /** From acceptance to the claim where nothing was in the way. */
    toClaimedMs: integer("to_claimed_ms").notNull().default(0),
    /** Between two purchases while orders wait. */
    slotMs: integer("slot_ms").notNull().default(500),
    /** The most that lately travelled together. */
    cardsPerDispatch: integer("cards_per_dispatch").notNull().default(500),
    cardsPerOrder: integer("cards_per_order").notNull().default(1),
    waitingOrders: integer("waiting_orders").notNull().default(0),
  },
  (table) => [check("queue_pace_single", sql`${table.single}`)],
);

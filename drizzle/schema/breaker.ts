import { sql } from "drizzle-orm";
import { bigserial, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { time } from "./columns";

export const BREAKER_CHANGES = ["opened", "closed"] as const;

/** When the calls to an endpoint of the supplier were stopped and let through again: one row per change, whatever the number of orders. */
export const breakerChanges = pgTable(
  "breaker_changes",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    endpoint: text("endpoint").notNull(),
    change: text("change", { enum: BREAKER_CHANGES }).notNull(),
    /** Failures in a row that opened it, or that there were when it closed. */
    failures: integer("failures").notNull(),
    at: time("at").notNull().defaultNow(),
  },
  (table) => [
    // What stood at a moment, and what changed between two.
    index("breaker_changes_endpoint").on(table.endpoint, table.at, table.id),
    check("breaker_changes_change", sql`${table.change} in ('opened', 'closed')`),
    check("breaker_changes_failures", sql`${table.failures} >= 0`),
  ],
);

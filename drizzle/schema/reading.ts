import { sql } from "drizzle-orm";
import { boolean, check, doublePrecision, pgTable } from "drizzle-orm/pg-core";
import { time } from "./columns";

/** One row: when a purchase is first worth a read, as learned from the last ones. Losing it costs a few reads. */
export const readPace = pgTable(
  "read_pace",
  {
    id: boolean("id").primaryKey().default(true),
    /** Milliseconds from "placed" to the first read. */
    firstReadMs: doublePrecision("first_read_ms").notNull(),
    /** The share of the last purchases that the supplier called about before they were read. */
    calledShare: doublePrecision("called_share").notNull(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (table) => [
    check("read_pace_one", sql`${table.id}`),
    check("read_pace_first_read", sql`${table.firstReadMs} > 0`),
    check("read_pace_called_share", sql`${table.calledShare} between 0 and 1`),
  ],
);

import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { users } from "./auth";
import { createdAt, id, time } from "./columns";

export const ALERT_SEVERITIES = ["warning", "critical"] as const;

/** Something a person must know. While it lasts there is one row for it, which counts; once resolved, the next time is a new row. */
export const alerts = pgTable(
  "alerts",
  {
    id: id(),
    /** What is wrong, for a program: `ledger.out_of_balance`. */
    kind: text("kind").notNull(),
    severity: text("severity", { enum: ALERT_SEVERITIES }).notNull(),
    /** What it is about, such as `dispatch:<id>`. */
    subject: text("subject").notNull(),
    title: text("title").notNull(),
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
    lastSeenAt: time("last_seen_at").notNull().defaultNow(),
    times: integer("times").notNull().default(1),
    resolvedAt: time("resolved_at"),
    acknowledgedAt: time("acknowledged_at"),
    acknowledgedBy: text("acknowledged_by").references(() => users.id),
  },
  (table) => [
    uniqueIndex("alerts_one_open").on(table.kind, table.subject).where(sql`resolved_at is null`),
    // Open ones first, then by age, by keyset.
    index("alerts_list").on(sql`(${table.resolvedAt} is null)`, table.createdAt, table.id),
    check("alerts_severity", sql`${table.severity} in ('warning', 'critical')`),
    check("alerts_times", sql`${table.times} > 0`),
    check("alerts_acknowledged", sql`(${table.acknowledgedAt} is null) = (${table.acknowledgedBy} is null)`),
  ],
);

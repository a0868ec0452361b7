import { sql } from "drizzle-orm";
import { bigint, check, index, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { users } from "./auth";
import { rateSnapshots } from "./catalog";
import { bytea, createdAt, id, time } from "./columns";
import { partners } from "./partners";

/** How a price came about, in the words for the partner; `rate` is decimal text, null where no currency was changed. */
export interface Explanation {
  text: string;
  rule: string;
  rate: string | null;
}

/** One line as it was quoted: all that the answer says of it, so that it can be said again. */
export interface QuotedLine {
  productId: number;
  productName: string;
  faceMinor: number;
  faceCurrency: string;
  quantity: number;
  unitPriceMinor: number;
  explanation: Explanation;
}

/** Prices and a rate that are held for one order until `expires_at`. The application may not change a row. */
export const quotes = pgTable(
  "quotes",
  {
    id: id(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    idempotencyKey: text("idempotency_key").notNull(),
    requestHash: bytea("request_hash").notNull(),
    currency: text("currency").notNull(),
    totalMinor: bigint("total_minor", { mode: "number" }).notNull(),
    rateSnapshotId: uuid("rate_snapshot_id").references(() => rateSnapshots.id),
    lines: jsonb("lines").$type<QuotedLine[]>().notNull(),
    createdBy: text("created_by")
      .notNull()
      .references(() => users.id),
    createdAt: createdAt(),
    expiresAt: time("expires_at").notNull(),
  },
  (table) => [
    unique("quotes_key").on(table.partnerId, table.idempotencyKey),
    index("quotes_created").on(table.createdAt),
    check("quotes_total", sql`${table.totalMinor} > 0`),
    check("quotes_expires", sql`${table.expiresAt} > ${table.createdAt}`),
  ],
);

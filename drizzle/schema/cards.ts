import { bigint, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { users } from "./auth";
import { bytea, createdAt, id } from "./columns";
import { dispatchLines } from "./dispatch";
import { orderLines, orders } from "./orders";
import { partners } from "./partners";

/** The key that seals an order's cards, wrapped by a numbered master key. */
export const orderKeys = pgTable("order_keys", {
  orderId: uuid("order_id")
    .primaryKey()
    .references(() => orders.id),
  masterKeyNumber: integer("master_key_number").notNull(),
  wrapped: bytea("wrapped").notNull(),
});

export const cards = pgTable(
  "cards",
  {
    id: id(),
    /** The supplier's card id: the same card can never be stored twice. */
    bambooCardId: bigint("bamboo_card_id", { mode: "number" }).notNull().unique(),
    /** Keyed hash of the code: the same code can never be sold twice. */
    fingerprint: bytea("fingerprint").notNull().unique(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    orderId: uuid("order_id")
      .notNull()
      .references(() => orders.id),
    orderLineId: uuid("order_line_id")
      .notNull()
      .references(() => orderLines.id),
    dispatchLineId: uuid("dispatch_line_id")
      .notNull()
      .references(() => dispatchLines.id),
    /** Code, pin and serial number in one box. */
    sealed: bytea("sealed").notNull(),
    lastFour: text("last_four").notNull(),
    expiresAt: text("expires_at"),
    createdAt: createdAt(),
  },
  (table) => [index("cards_order").on(table.orderId, table.id)],
);

/** Each showing of a code; `hash` chains over the partner's earlier rows, so that none can be removed unseen. */
export const reveals = pgTable(
  "reveals",
  {
    id: id(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    sequence: integer("sequence").notNull(),
    cardId: uuid("card_id")
      .notNull()
      .references(() => cards.id),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    previousHash: bytea("previous_hash"),
    hash: bytea("hash").notNull(),
    createdAt: createdAt(),
  },
  (table) => [unique("reveals_chain").on(table.partnerId, table.sequence), index("reveals_card").on(table.cardId)],
);

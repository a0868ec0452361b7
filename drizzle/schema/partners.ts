import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { users } from "./auth";
import { createdAt, id, time } from "./columns";

export const partners = pgTable(
  "partners",
  {
    id: id(),
    name: text("name").notNull().unique(),
    /** The currency of the wallet that orders are paid from. */
    currency: text("currency").notNull(),
    active: boolean("active").notNull().default(true),
    /** Whether this partner's orders may use the urgent lane. */
    urgentAllowed: boolean("urgent_allowed").notNull().default(false),
    /** Its share of the turns, in cards, while others wait as well. */
    weight: integer("weight").notNull().default(1),
    /** Whether it may order only what `partner_allowances` names. */
    listedOnly: boolean("listed_only").notNull().default(false),
    /** Names what is cached of its prices and choice; triggers move it with its rules, allowances and settings (migration 0012). */
    settingsVersion: bigint("settings_version", { mode: "number" }).notNull().default(1),
    createdAt: createdAt(),
  },
  (table) => [check("partners_weight", sql`${table.weight} between 1 and 100`)],
);

export const members = pgTable(
  "members",
  {
    id: id(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    /** A person belongs to one partner, so that a session never has to say for whom it acts. */
    userId: text("user_id")
      .notNull()
      .unique()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role", { enum: ["owner", "developer", "finance", "buyer", "viewer"] }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("members_partner").on(table.partnerId)],
);

/** How a partner's price follows from face value or cost. The most specific scope wins: product, brand, category, default. */
export const priceRules = pgTable(
  "price_rules",
  {
    id: id(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    name: text("name").notNull(),
    scope: text("scope", { enum: ["product", "brand", "category", "default"] }).notNull(),
    /** The product, brand or category id as text; null for the default. */
    scopeId: text("scope_id"),
    kind: text("kind", { enum: ["discount_off_face", "markup_on_cost"] }).notNull(),
    /** 300 is 3 %. */
    basisPoints: integer("basis_points").notNull(),
    /** Added to each card, in minor units of the partner's currency. */
    fixedFeeMinor: bigint("fixed_fee_minor", { mode: "number" }).notNull().default(0),
    /** A price under cost plus this much is not orderable. */
    minMarginBasisPoints: integer("min_margin_basis_points").notNull().default(0),
    createdAt: createdAt(),
    updatedAt: time("updated_at").notNull().defaultNow(),
    updatedBy: text("updated_by").references(() => users.id),
  },
  (table) => [
    index("price_rules_partner").on(table.partnerId),
    uniqueIndex("price_rules_one").on(table.partnerId, table.scope, table.scopeId),
    check("price_rules_scope", sql`(${table.scope} = 'default') = (${table.scopeId} is null)`),
    check("price_rules_basis_points", sql`${table.basisPoints} between 0 and 100000`),
    check("price_rules_discount", sql`${table.kind} <> 'discount_off_face' or ${table.basisPoints} <= 10000`),
    check("price_rules_margin", sql`${table.minMarginBasisPoints} between 0 and 100000`),
    check("price_rules_fee", sql`${table.fixedFeeMinor} between 0 and 1000000000000`),
  ],
);

/** What a partner that is `listed_only` may see and order. */
export const partnerAllowances = pgTable(
  "partner_allowances",
  {
    id: id(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    scope: text("scope", { enum: ["product", "brand", "category"] }).notNull(),
    scopeId: text("scope_id").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("partner_allowances_once").on(table.partnerId, table.scope, table.scopeId),
    check("partner_allowances_scope", sql`${table.scope} in ('product', 'brand', 'category')`),
  ],
);

/** Who did what to which thing, written in the transaction it describes. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: id(),
    actor: text("actor").notNull(),
    partnerId: uuid("partner_id").references(() => partners.id),
    action: text("action").notNull(),
    subject: text("subject").notNull(),
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (table) => [index("audit_log_partner").on(table.partnerId, table.createdAt)],
);

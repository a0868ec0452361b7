import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { CHANGE_KINDS } from "@/lib/change-kinds";
import { users } from "./auth";
import { cost, createdAt, id, time } from "./columns";

/** By bytes, whatever the database's own order is. */
const sortText = customType<{ data: string }>({ dataType: () => `text COLLATE "C"` });

export const categories = pgTable("categories", { id: integer("id").primaryKey(), name: text("name").notNull() });

export const brands = pgTable(
  "brands",
  {
    /** The supplier's brand id. */
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    countryCode: text("country_code"),
    currency: text("currency").notNull(),
    logoUrl: text("logo_url"),
    description: text("description"),
    redemptionInstructions: text("redemption_instructions"),
    terms: text("terms"),
    /** When anything of it last changed. */
    changedAt: time("changed_at").notNull(),
    /** What lists are ordered by (migration 0013). */
    sortName: sortText("sort_name").notNull().generatedAlwaysAs(sql`left(search_normal(name), 36)`),
    /** The kill switch: none of its products can be ordered while this is set. */
    switchedOffAt: time("switched_off_at"),
    switchedOffBy: text("switched_off_by").references(() => users.id),
    switchedOffBecause: text("switched_off_because"),
  },
  (table) => [
    // Serves the list of brands, page by page.
    index("brands_list").on(table.sortName, table.currency, table.id),
    check(
      "brands_switched_off",
      sql`(${table.switchedOffAt} is null) = (${table.switchedOffBy} is null) and (${table.switchedOffAt} is null) = (${table.switchedOffBecause} is null)`,
    ),
  ],
);

export const brandCategories = pgTable(
  "brand_categories",
  {
    brandId: text("brand_id")
      .notNull()
      .references(() => brands.id, { onDelete: "cascade" }),
    categoryId: integer("category_id")
      .notNull()
      .references(() => categories.id),
  },
  (table) => [
    primaryKey({ columns: [table.brandId, table.categoryId] }),
    index("brand_categories_category").on(table.categoryId),
  ],
);

/** What people call a country: `also` holds other names and short forms. Written by migration 0013. */
export const countries = pgTable("countries", {
  code: text("code").primaryKey(),
  name: text("name").notNull(),
  also: text("also").notNull().default(""),
});

/** Every word that products were ever found by: what a mistyped word is held against. Triggers write it. */
export const catalogWords = pgTable("catalog_words", { word: text("word").primaryKey() });

/** Face values are in minor units of `face_currency`; costs are the supplier's, per card, in `cost_currency`. */
export const products = pgTable(
  "products",
  {
    /** The supplier's product id. */
    id: bigint("id", { mode: "number" }).primaryKey(),
    brandId: text("brand_id")
      .notNull()
      .references(() => brands.id),
    name: text("name").notNull(),
    faceCurrency: text("face_currency").notNull(),
    faceMinMinor: bigint("face_min_minor", { mode: "number" }).notNull(),
    faceMaxMinor: bigint("face_max_minor", { mode: "number" }).notNull(),
    costMin: cost("cost_min").notNull(),
    costMax: cost("cost_max").notNull(),
    costCurrency: text("cost_currency").notNull(),
    /** Null is unlimited. */
    stock: integer("stock"),
    /** Set by triggers, whoever writes: what a search compares, and what lists are ordered by (migration 0013). */
    searchText: text("search_text").notNull().default(""),
    sortName: sortText("sort_name").notNull().default(""),
    /** Set when the supplier no longer lists the product. */
    withdrawnAt: time("withdrawn_at"),
    /** Set while the supplier lists it as inactive, or after it refused it and until it was read again. */
    inactiveAt: time("inactive_at"),
    inactiveBecause: text("inactive_because", { enum: ["listed", "refused"] }),
    /** When anything of it last changed. */
    changedAt: time("changed_at").notNull(),
  },
  (table) => [
    index("products_brand").on(table.brandId),
    // Serves the list in its default order, page by page.
    index("products_list")
      .on(table.sortName, table.faceCurrency, table.brandId, table.faceMinMinor, table.id)
      .where(sql`withdrawn_at is null`),
    index("products_search").using("gin", sql`${table.searchText} gin_trgm_ops`),
    check("products_face_range", sql`${table.faceMinMinor} > 0 and ${table.faceMaxMinor} >= ${table.faceMinMinor}`),
    check(
      "products_inactive",
      sql`(${table.inactiveAt} is null) = (${table.inactiveBecause} is null) and (${table.inactiveBecause} is null or ${table.inactiveBecause} in ('listed', 'refused'))`,
    ),
  ],
);

/** What one page, or a whole read, brought. `changed` counts products once; `repriced` and `restocked` are among them. */
export interface RefreshCounts {
  brands: number;
  products: number;
  added: number;
  changed: number;
  repriced: number;
  /** Ran out, or came back into stock; other moves of the stock are changes only. */
  restocked: number;
  withdrawn: number;
  returned: number;
}

/** One row per full read, kept as history; also what counts refreshes against the supplier's limit. */
export const catalogRefreshes = pgTable(
  "catalog_refreshes",
  {
    id: id(),
    trigger: text("trigger", { enum: ["schedule", "webhook", "admin", "start"] }).notNull(),
    status: text("status", { enum: ["running", "completed", "failed"] }).notNull(),
    source: text("source", { enum: ["v1", "v2"] })
      .notNull()
      .default("v2"),
    /** How many pages the supplier has, once the first one said so. */
    pages: integer("pages"),
    counts: jsonb("counts").$type<RefreshCounts>(),
    error: text("error"),
    startedAt: time("started_at").notNull().defaultNow(),
    /** The last sign of life of whoever reads. */
    heardAt: time("heard_at").notNull().defaultNow(),
    /** A whole read (v1) is one call that counts, so it is made once and never repeated. */
    calledAt: time("called_at"),
    /** An admin said that the supplier may truly have taken away most of what it had. */
    acceptShrink: boolean("accept_shrink").notNull().default(false),
    finishedAt: time("finished_at"),
  },
  (table) => [
    index("catalog_refreshes_started").on(table.startedAt),
    // Two readers at once would halve each other's budget and race on withdrawals.
    uniqueIndex("catalog_refreshes_one_running").on(table.status).where(sql`status = 'running'`),
    check("catalog_refreshes_source", sql`${table.source} in ('v1', 'v2')`),
  ],
);

/** What a page of a refresh listed: withdrawn is what no page of a complete read lists. One row, however many products. */
export const catalogRefreshPages = pgTable(
  "catalog_refresh_pages",
  {
    refreshId: uuid("refresh_id")
      .notNull()
      .references(() => catalogRefreshes.id, { onDelete: "cascade" }),
    page: integer("page").notNull(),
    /** How many brands the supplier said it has, on this page: pages that disagree are of a catalogue that moved meanwhile. */
    supplierBrands: integer("supplier_brands").notNull(),
    brandIds: text("brand_ids").array().notNull(),
    productIds: bigint("product_ids", { mode: "number" }).array().notNull(),
    counts: jsonb("counts").$type<RefreshCounts>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.refreshId, table.page] })],
);

/** What changed in a product, for staff; a product read by itself has no refresh. */
export const catalogChanges = pgTable(
  "catalog_changes",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    refreshId: uuid("refresh_id").references(() => catalogRefreshes.id, { onDelete: "set null" }),
    productId: bigint("product_id", { mode: "number" })
      .notNull()
      .references(() => products.id),
    kind: text("kind", { enum: CHANGE_KINDS }).notNull(),
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
    createdAt: createdAt(),
  },
  (table) => [
    index("catalog_changes_kind").on(table.kind, table.id),
    index("catalog_changes_product").on(table.productId, table.id),
    index("catalog_changes_refresh").on(table.refreshId, table.id),
    index("catalog_changes_created").on(table.createdAt),
    check(
      "catalog_changes_kind",
      sql`${table.kind} in ('added', 'withdrawn', 'returned', 'price', 'stock', 'details', 'inactive', 'active')`,
    ),
  ],
);

/** Products to be read again by themselves: a webhook named them, the supplier refused them, or a full read did not list them. */
export const catalogRereads = pgTable(
  "catalog_rereads",
  {
    productId: bigint("product_id", { mode: "number" }).primaryKey(),
    because: text("because", { enum: ["webhook", "refused", "unlisted"] }).notNull(),
    askedAt: time("asked_at").notNull().defaultNow(),
  },
  (table) => [
    index("catalog_rereads_asked").on(table.askedAt),
    check("catalog_rereads_because", sql`${table.because} in ('webhook', 'refused', 'unlisted')`),
  ],
);

/** One row. `version` names all that is cached of the catalogue; triggers move it with each change (migration 0012). */
export const catalogState = pgTable(
  "catalog_state",
  {
    id: boolean("id").primaryKey().default(true),
    version: bigint("version", { mode: "number" }).notNull().default(1),
    /** When the last complete read began: everything is as of then or later. */
    completedAt: time("completed_at"),
  },
  (table) => [check("catalog_state_one", sql`${table.id}`)],
);

/** Units of each currency per one unit of `base`, as decimal text. History is kept: orders name the snapshot they used. */
export const rateSnapshots = pgTable(
  "rate_snapshots",
  {
    id: id(),
    base: text("base").notNull(),
    rates: jsonb("rates").$type<Record<string, string>>().notNull(),
    /** A refused list prices nothing unless an admin accepts it. */
    status: text("status", { enum: ["used", "refused"] })
      .notNull()
      .default("used"),
    refusedBecause: text("refused_because"),
    /** It fitted the pegs upside down and was turned over. */
    turnedOver: boolean("turned_over").notNull().default(false),
    createdAt: createdAt(),
    /** The last time the supplier said the same. */
    lastSeenAt: time("last_seen_at").notNull().defaultNow(),
    acceptedBy: text("accepted_by").references(() => users.id),
    acceptedAt: time("accepted_at"),
  },
  (table) => [
    index("rate_snapshots_created").on(table.status, table.createdAt),
    index("rate_snapshots_newest").on(table.createdAt, table.id),
    check("rate_snapshots_status", sql`${table.status} in ('used', 'refused')`),
    check("rate_snapshots_refused", sql`${table.status} = 'used' or ${table.refusedBecause} is not null`),
    check("rate_snapshots_accepted", sql`(${table.acceptedBy} is null) = (${table.acceptedAt} is null)`),
  ],
);

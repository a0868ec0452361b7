import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { cost, createdAt, id, time } from "./columns";

export const categories = pgTable("categories", { id: integer("id").primaryKey(), name: text("name").notNull() });

export const brands = pgTable("brands", {
  /** The supplier's brand id. */
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  countryCode: text("country_code"),
  currency: text("currency").notNull(),
  logoUrl: text("logo_url"),
  description: text("description"),
  redemptionInstructions: text("redemption_instructions"),
  terms: text("terms"),
  refreshedAt: time("refreshed_at").notNull(),
});

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
    /** Brand and product names in one, for the trigram search. */
    searchText: text("search_text").notNull(),
    /** Set when a full read no longer lists the product. */
    withdrawnAt: time("withdrawn_at"),
    refreshedAt: time("refreshed_at").notNull(),
  },
  (table) => [
    index("products_brand").on(table.brandId),
    // Serves the list in its default order, page by page.
    index("products_list").on(table.searchText, table.id),
    index("products_search").using("gin", sql`${table.searchText} gin_trgm_ops`),
    check("products_face_range", sql`${table.faceMinMinor} > 0 and ${table.faceMaxMinor} >= ${table.faceMinMinor}`),
  ],
);

/** One row per full read, kept as history; also what counts refreshes against the supplier's limit. */
export const catalogRefreshes = pgTable(
  "catalog_refreshes",
  {
    id: id(),
    trigger: text("trigger", { enum: ["schedule", "webhook", "admin", "start"] }).notNull(),
    status: text("status", { enum: ["running", "completed", "failed"] }).notNull(),
    counts: jsonb("counts").$type<{ brands: number; products: number; written: number; withdrawn: number }>(),
    error: text("error"),
    startedAt: time("started_at").notNull().defaultNow(),
    finishedAt: time("finished_at"),
  },
  (table) => [
    index("catalog_refreshes_started").on(table.startedAt),
    // Two readers at once would halve each other's budget and race on withdrawals.
    uniqueIndex("catalog_refreshes_one_running").on(table.status).where(sql`status = 'running'`),
  ],
);

/** Units of each currency per one unit of `base`, as decimal text. History is kept: orders name the snapshot they used. */
export const rateSnapshots = pgTable(
  "rate_snapshots",
  {
    id: id(),
    base: text("base").notNull(),
    rates: jsonb("rates").$type<Record<string, string>>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("rate_snapshots_created").on(table.createdAt)],
);

import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { users } from "./auth";
import { createdAt, id, time } from "./columns";
import { dispatches, dispatchLines } from "./dispatch";
import { orderLines } from "./orders";
import { partners } from "./partners";

/** Where a safe integer still holds every sum: what no single entry or limit may exceed. */
const MAX_ENTRY = sql.raw("1000000000000");

export const LEDGER_ACCOUNT_KINDS = [
  "available",
  "held",
  "sales",
  "funding",
  "adjustments",
  "supplier_cost",
  "supplier_balance",
] as const;

/**
 * What money moves between. Balances change only through the trigger on `transfers` (migrations 0001 and 0003), credit limits only
 * through `set_credit_limit`; the application's role cannot write them. A wallet is a partner's pair of `available` and `held` in one currency. Our own accounts have no partner.
 */
export const ledgerAccounts = pgTable(
  "ledger_accounts",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text("kind", { enum: LEDGER_ACCOUNT_KINDS }).notNull(),
    partnerId: uuid("partner_id").references(() => partners.id),
    currency: text("currency").notNull(),
    balanceMinor: bigint("balance_minor", { mode: "number" }).notNull().default(0),
    /** How far below zero `available` may go. */
    creditLimitMinor: bigint("credit_limit_minor", { mode: "number" }).notNull().default(0),
  },
  (table) => [
    unique("ledger_accounts_identity").on(table.kind, table.partnerId, table.currency).nullsNotDistinct(),
    check("ledger_accounts_owner", sql`(${table.kind} in ('available', 'held')) = (${table.partnerId} is not null)`),
    check("ledger_accounts_available", sql`${table.kind} <> 'available' or ${table.balanceMinor} >= -${table.creditLimitMinor}`),
    check("ledger_accounts_held", sql`${table.kind} <> 'held' or ${table.balanceMinor} >= 0`),
    check("ledger_accounts_credit", sql`${table.creditLimitMinor} >= 0`),
    check("ledger_accounts_credit_bound", sql`${table.creditLimitMinor} <= ${MAX_ENTRY}`),
    check("ledger_accounts_kind", sql`${table.kind} in (${sql.raw(LEDGER_ACCOUNT_KINDS.map((kind) => `'${kind}'`).join(", "))})`),
    check("ledger_accounts_currency", sql`${table.currency} ~ '^[A-Z]{3}$'`),
  ],
);

/**
 * Corrections of a wallet by hand: a positive amount gives, a negative one takes. Asked for by one admin; above
 * `small_adjustment_minor(currency)` another approves. One that is posted has its transfer.
 */
export const adjustments = pgTable(
  "adjustments",
  {
    id: id(),
    partnerId: uuid("partner_id")
      .notNull()
      .references(() => partners.id),
    currency: text("currency").notNull(),
    amountMinor: bigint("amount_minor", { mode: "number" }).notNull(),
    reason: text("reason").notNull(),
    status: text("status", { enum: ["pending", "posted", "declined"] })
      .notNull()
      .default("pending"),
    requestedBy: text("requested_by")
      .notNull()
      .references(() => users.id),
    /** Who approved or declined; null for a small one, which posts at once. */
    decidedBy: text("decided_by").references(() => users.id),
    decidedAt: time("decided_at"),
    createdAt: createdAt(),
  },
  (table) => [
    index("adjustments_list").on(table.createdAt, table.id),
    index("adjustments_partner").on(table.partnerId, table.createdAt, table.id),
    index("adjustments_pending").on(table.createdAt, table.id).where(sql`status = 'pending'`),
    check("adjustments_amount", sql`${table.amountMinor} <> 0 and abs(${table.amountMinor}) <= ${MAX_ENTRY}`),
    check("adjustments_currency", sql`${table.currency} ~ '^[A-Z]{3}$'`),
    check("adjustments_status", sql`${table.status} in ('pending', 'posted', 'declined')`),
    check("adjustments_decided", sql`(${table.status} = 'pending') = (${table.decidedAt} is null)`),
    check("adjustments_declined", sql`${table.status} <> 'declined' or ${table.decidedBy} is not null`),
    check(
      "adjustments_two_admins",
      sql`${table.status} <> 'posted' or abs(${table.amountMinor}) <= small_adjustment_minor(${table.currency}) or (${table.decidedBy} is not null and ${table.decidedBy} <> ${table.requestedBy})`,
    ),
  ],
);

/** An immutable movement: `amount_minor` leaves the debit account and enters the credit account. */
export const transfers = pgTable(
  "transfers",
  {
    id: id(),
    kind: text("kind", { enum: ["top_up", "hold", "capture", "release", "adjustment", "refund", "supplier_cost"] }).notNull(),
    debitAccountId: bigint("debit_account_id", { mode: "number" })
      .notNull()
      .references(() => ledgerAccounts.id),
    creditAccountId: bigint("credit_account_id", { mode: "number" })
      .notNull()
      .references(() => ledgerAccounts.id),
    amountMinor: bigint("amount_minor", { mode: "number" }).notNull(),
    currency: text("currency").notNull(),
    orderLineId: uuid("order_line_id").references(() => orderLines.id),
    dispatchLineId: uuid("dispatch_line_id").references(() => dispatchLines.id),
    dispatchId: uuid("dispatch_id").references(() => dispatches.id),
    memo: text("memo"),
    createdAt: createdAt(),
    adjustmentId: uuid("adjustment_id").references(() => adjustments.id),
    /** The bank's reference of a top-up, in capitals. */
    reference: text("reference"),
  },
  (table) => [
    check("transfers_amount", sql`${table.amountMinor} > 0`),
    check("transfers_bound", sql`${table.amountMinor} <= 1000000000000000`),
    check("transfers_accounts", sql`${table.debitAccountId} <> ${table.creditAccountId}`),
    check("transfers_line", sql`${table.kind} not in ('hold', 'capture', 'release') or ${table.orderLineId} is not null`),
    check("transfers_capture", sql`${table.kind} <> 'capture' or ${table.dispatchLineId} is not null`),
    check("transfers_adjustment", sql`(${table.kind} = 'adjustment') = (${table.adjustmentId} is not null)`),
    check(
      "transfers_order_line",
      sql`(${table.kind} in ('hold', 'capture', 'release', 'refund')) = (${table.orderLineId} is not null)`,
    ),
    check("transfers_dispatch_line", sql`${table.dispatchLineId} is null or ${table.kind} in ('capture', 'release')`),
    check("transfers_cost", sql`${table.kind} <> 'supplier_cost' or ${table.dispatchId} is not null`),
    check(
      "transfers_reference",
      sql`${table.reference} is null or (${table.kind} = 'top_up' and ${table.reference} = upper(btrim(${table.reference})) and length(${table.reference}) between 3 and 64)`,
    ),
    // A line is held once; taken and given back at most once for each dispatch line; a cancelled line has no dispatch line.
    uniqueIndex("transfers_one_hold").on(table.orderLineId).where(sql`kind = 'hold'`),
    uniqueIndex("transfers_one_capture").on(table.orderLineId, table.dispatchLineId).where(sql`kind = 'capture'`),
    uniqueIndex("transfers_one_release")
      .on(table.orderLineId, sql`coalesce(${table.dispatchLineId}, ${table.orderLineId})`)
      .where(sql`kind = 'release'`),
    uniqueIndex("transfers_one_cost").on(table.dispatchId).where(sql`kind = 'supplier_cost'`),
    uniqueIndex("transfers_one_adjustment").on(table.adjustmentId).where(sql`adjustment_id is not null`),
    uniqueIndex("transfers_one_reference").on(table.reference).where(sql`reference is not null`),
    // What became of a line's hold; the hold itself is found by transfers_one_hold.
    index("transfers_settlement").on(table.orderLineId).where(sql`kind in ('capture', 'release', 'refund')`),
    // The staff's list by keyset; and for the kinds that are few among many.
    index("transfers_list").on(table.createdAt, table.id),
    index("transfers_list_rare").on(table.kind, table.createdAt, table.id).where(sql`kind not in ('hold', 'capture', 'release')`),
    index("transfers_debit").on(table.debitAccountId, table.createdAt),
    index("transfers_credit").on(table.creditAccountId, table.createdAt),
  ],
);

/** Each check of the books. `findings` are cut at a bound; `found` counts all. */
export const ledgerChecks = pgTable(
  "ledger_checks",
  {
    id: id(),
    startedAt: time("started_at").notNull(),
    finishedAt: time("finished_at").notNull(),
    ok: boolean("ok").notNull(),
    transfers: bigint("transfers", { mode: "number" }).notNull(),
    found: integer("found").notNull(),
    findings: jsonb("findings").$type<Record<string, unknown>[]>().notNull().default([]),
  },
  (table) => [
    index("ledger_checks_started").on(table.startedAt),
    check("ledger_checks_ok", sql`${table.ok} = (${table.found} = 0)`),
  ],
);

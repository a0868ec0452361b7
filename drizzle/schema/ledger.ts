import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id } from "./columns";
import { dispatches, dispatchLines } from "./dispatch";
import { orderLines } from "./orders";
import { partners } from "./partners";

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
 * What money moves between. Balances change only through the trigger on `transfers` (migration 0001); the application's role cannot
 * write them. A wallet is a partner's pair of `available` and `held` in one currency. Our own accounts have no partner.
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
  },
  (table) => [
    check("transfers_amount", sql`${table.amountMinor} > 0`),
    check("transfers_accounts", sql`${table.debitAccountId} <> ${table.creditAccountId}`),
    check("transfers_line", sql`${table.kind} not in ('hold', 'capture', 'release') or ${table.orderLineId} is not null`),
    check("transfers_capture", sql`${table.kind} <> 'capture' or ${table.dispatchLineId} is not null`),
    // A line is held once; taken and given back at most once for each dispatch line; a cancelled line has no dispatch line.
    uniqueIndex("transfers_one_hold").on(table.orderLineId).where(sql`kind = 'hold'`),
    uniqueIndex("transfers_one_capture").on(table.orderLineId, table.dispatchLineId).where(sql`kind = 'capture'`),
    uniqueIndex("transfers_one_release")
      .on(table.orderLineId, sql`coalesce(${table.dispatchLineId}, ${table.orderLineId})`)
      .where(sql`kind = 'release'`),
    uniqueIndex("transfers_one_cost").on(table.dispatchId).where(sql`kind = 'supplier_cost'`),
    index("transfers_debit").on(table.debitAccountId, table.createdAt),
    index("transfers_credit").on(table.creditAccountId, table.createdAt),
  ],
);

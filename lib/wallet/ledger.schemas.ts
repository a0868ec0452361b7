import { z } from "zod";
import { minorExponent } from "../money";
import { isoTime, moneySchema } from "../money.schemas";
import { pageOf, pageQuery, plainText } from "../paging.schemas";

/** What staff see and send under /api/admin/ledger. Amounts are integer minor units; an account's sign is ours: see `ledgerAccountKinds`. */

/** `available` and `held` are partners' wallets; the others are our own and run negative where money came in through them. */
export const ledgerAccountKinds = [
  "available",
  "held",
  "sales",
  "funding",
  "adjustments",
  "supplier_cost",
  "supplier_balance",
] as const;
export const transferKinds = ["top_up", "hold", "capture", "release", "adjustment", "refund", "supplier_cost"] as const;

/** Above this, in major units of its currency, an adjustment is posted only when a second admin approves it. The database holds the same line. */
export const LARGE_ADJUSTMENT_MAJOR = 100;

/** Whether an adjustment of so many minor units, of either sign, needs a second admin. */
export function isLargeAdjustment(amountMinor: number, currency: string): boolean {
  return Math.abs(amountMinor) > LARGE_ADJUSTMENT_MAJOR * 10 ** minorExponent(currency);
}

/** Far above any real payment, and far below where sums would leave a safe integer. */
export const MAX_ENTRY_MINOR = 1_000_000_000_000;
const MAX_REASON_LENGTH = 300;
const MIN_REASON_LENGTH = 5;
const MAX_REFERENCE_LENGTH = 64;

const currency = z.string().regex(/^[A-Z]{3}$/, "Three capital letters, such as USD.");
const partnerId = z.uuid("The id of a partner.");
const tooLarge = "More than one entry may move; check the amount.";
const person = z.object({ id: z.string(), name: z.string() });

/** What a check of the books found wrong. `subject` names the row: `currency:USD`, `account:12`, `order_line:<id>`, `order:<id>`. */
export const ledgerFindingSchema = z.object({
  kind: z.enum([
    "sum_not_zero",
    "balance_differs_from_transfers",
    "held_differs_from_open_lines",
    "settled_beyond_hold",
    "final_order_holds_money",
    "adjustment_without_transfer",
  ]),
  subject: z.string(),
  currency: z.string(),
  expectedMinor: z.number().int(),
  actualMinor: z.number().int(),
});
export type LedgerFinding = z.infer<typeof ledgerFindingSchema>;

/** One check of the books. `findings` are cut at a bound; `found` counts all of them. */
export const ledgerCheckSchema = z.object({
  id: z.string(),
  startedAt: isoTime,
  finishedAt: isoTime,
  ok: z.boolean(),
  transfers: z.number().int(),
  found: z.number().int(),
  findings: z.array(ledgerFindingSchema),
});
export type LedgerCheck = z.infer<typeof ledgerCheckSchema>;

/** Per currency: what accounts of each kind hold together. The sum over all kinds is zero, or the books are wrong. */
export const trialBalanceSchema = z.object({
  currency: z.string(),
  totals: z.array(z.object({ kind: z.enum(ledgerAccountKinds), accounts: z.number().int(), total: moneySchema })),
  sum: moneySchema,
  balanced: z.boolean(),
});
export type TrialBalance = z.infer<typeof trialBalanceSchema>;

/** GET /api/admin/ledger. `checks` are the latest, newest first; empty before the first. */
export const ledgerSchema = z.object({
  at: isoTime,
  trialBalance: z.array(trialBalanceSchema),
  checks: z.array(ledgerCheckSchema),
  ownAccounts: z.array(z.object({ id: z.number().int(), kind: z.enum(ledgerAccountKinds), balance: moneySchema })),
});
export type Ledger = z.infer<typeof ledgerSchema>;

/** A partner's wallet in one currency. `available` may be negative down to `creditLimit`. */
export const ledgerWalletSchema = z.object({
  partnerId: z.string(),
  partnerName: z.string(),
  currency: z.string(),
  available: moneySchema,
  held: moneySchema,
  creditLimit: moneySchema,
});
export type LedgerWallet = z.infer<typeof ledgerWalletSchema>;

/** GET /api/admin/ledger/accounts: by partner's name, then currency. */
export const ledgerWalletsQuery = pageQuery;
export const ledgerWalletsPage = pageOf(ledgerWalletSchema);
export type LedgerWalletsPage = z.infer<typeof ledgerWalletsPage>;

const transferSide = z.object({
  accountId: z.number().int(),
  kind: z.enum(ledgerAccountKinds),
  /** Null for our own accounts. */
  partner: z.object({ id: z.string(), name: z.string() }).nullable(),
});

/** `amount` left `from` and entered `to`. */
export const transferSchema = z.object({
  id: z.string(),
  at: isoTime,
  kind: z.enum(transferKinds),
  amount: moneySchema,
  from: transferSide,
  to: transferSide,
  order: z.object({ id: z.string(), number: z.string() }).nullable(),
  dispatchId: z.string().nullable(),
  adjustmentId: z.string().nullable(),
  /** The bank's reference of a top-up. */
  reference: z.string().nullable(),
  memo: z.string().nullable(),
});
export type Transfer = z.infer<typeof transferSchema>;

/** GET /api/admin/ledger/transfers: newest first. */
export const transfersQuery = pageQuery.extend({ partnerId: partnerId.optional(), kind: z.enum(transferKinds).optional() });
export const transfersPage = pageOf(transferSchema);
export type TransfersPage = z.infer<typeof transfersPage>;

export const ADJUSTMENT_STATES = ["pending", "posted", "declined"] as const;

/** A correction of a wallet by hand; a positive `amount` gives, a negative one takes. */
export const adjustmentSchema = z.object({
  id: z.string(),
  partnerId: z.string(),
  partnerName: z.string(),
  amount: moneySchema,
  reason: z.string(),
  status: z.enum(ADJUSTMENT_STATES),
  /** It needs a second admin: whoever asked for it may decline it and not approve it. */
  large: z.boolean(),
  requestedBy: person,
  requestedAt: isoTime,
  /** Who approved or declined; null while pending, and for a small one, which posts at once. */
  decidedBy: person.nullable(),
  decidedAt: isoTime.nullable(),
  transferId: z.string().nullable(),
});
export type Adjustment = z.infer<typeof adjustmentSchema>;

/** GET /api/admin/ledger/adjustments: newest first. */
export const adjustmentsQuery = pageQuery.extend({
  status: z.enum(ADJUSTMENT_STATES).optional(),
  partnerId: partnerId.optional(),
});
export const adjustmentsPage = pageOf(adjustmentSchema);
export type AdjustmentsPage = z.infer<typeof adjustmentsPage>;

/** POST /api/admin/ledger/adjustments, with an Idempotency-Key. 201, or 200 with `Idempotent-Replayed: true` for a repeat. */
export const requestAdjustmentInput = z.object({
  partnerId,
  currency,
  /** Signed: positive gives to the partner, negative takes. */
  amountMinor: z
    .number()
    .int("Whole minor units.")
    .min(-MAX_ENTRY_MINOR, tooLarge)
    .max(MAX_ENTRY_MINOR, tooLarge)
    .refine((amount) => amount !== 0, "An adjustment of nothing changes nothing; give an amount."),
  reason: plainText(MAX_REASON_LENGTH).min(
    MIN_REASON_LENGTH,
    `Say why, in at least ${MIN_REASON_LENGTH} characters: it stays in the books.`,
  ),
});
export type RequestAdjustmentInput = z.infer<typeof requestAdjustmentInput>;

/** POST /api/admin/ledger/top-ups. The bank's reference names the payment: it is booked once, however often it is sent. */
export const recordTopUpInput = z.object({
  partnerId,
  currency,
  amountMinor: z.number().int("Whole minor units.").positive("More than nothing.").max(MAX_ENTRY_MINOR, tooLarge),
  /** Compared without regard to case and spacing. */
  reference: z
    .string()
    .transform((text) => text.trim().replace(/\s+/g, " ").toUpperCase())
    .pipe(
      z
        .string()
        .min(3, "The bank's reference of the payment, at least 3 characters.")
        .max(MAX_REFERENCE_LENGTH, `At most ${MAX_REFERENCE_LENGTH} characters.`)
        .regex(/^[\x20-\x7e]*$/, "Letters, digits and signs of plain ASCII."),
    ),
});
export type RecordTopUpInput = z.infer<typeof recordTopUpInput>;

/** 201 of a top-up; 200 with `alreadyBooked` where this payment is in the books. */
export const topUpRecordedSchema = z.object({
  transferId: z.string(),
  reference: z.string(),
  amount: moneySchema,
  bookedAt: isoTime,
  alreadyBooked: z.boolean(),
  wallet: ledgerWalletSchema,
});
export type TopUpRecorded = z.infer<typeof topUpRecordedSchema>;

/** PUT /api/admin/ledger/credit-limits: how far below zero the wallet may go. 200 with the wallet. */
export const setCreditLimitInput = z.object({
  partnerId,
  currency,
  creditLimitMinor: z.number().int("Whole minor units.").min(0, "Zero or more.").max(MAX_ENTRY_MINOR, tooLarge),
});
export type SetCreditLimitInput = z.infer<typeof setCreditLimitInput>;

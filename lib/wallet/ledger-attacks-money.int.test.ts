import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { balances, makePartner, type TestPartner } from "@/local/testing/factories";
import { ownAccounts, walletAccounts } from "./accounts";
import {
  CHECK_VIOLATION,
  makeLine,
  makeStaff,
  NO_RIGHT,
  type RawTransfer,
  refusalOf,
  transferRows,
  UNIQUE_VIOLATION,
} from "./ledger.fixture";

/** Attacks on what a wallet is worth, with SQL as the application's role. */

const FUNDS_MINOR = 1_000;
let partner: TestPartner;
let other: TestPartner;
let ours: Record<"sales" | "adjustments" | "funding" | "supplier_balance" | "supplier_cost", number>;
let mine: { available: number; held: number };
let theirs: { available: number; held: number };

beforeAll(async () => {
  [partner, other] = await Promise.all([makePartner({ fundsMinor: FUNDS_MINOR }), makePartner({ fundsMinor: FUNDS_MINOR })]);
  ours = await ownAccounts(db(), ["sales", "adjustments", "funding", "supplier_balance", "supplier_cost"], "USD");
  mine = await walletAccounts(db(), partner.partnerId, "USD");
  theirs = await walletAccounts(db(), other.partnerId, "USD");
});

beforeEach(() => {
  // Each attack must leave both wallets as they were.
  return async () => {
    expect(await balances(partner.partnerId)).toEqual({ available: FUNDS_MINOR, held: 0 });
    expect(await balances(other.partnerId)).toEqual({ available: FUNDS_MINOR, held: 0 });
  };
});

const attempt = (row: RawTransfer) => refusalOf(transferRows([row]));
const check = (constraint: string) => ({ state: CHECK_VIOLATION, constraint });

test("an overdraw is refused, in one transfer or in many of one statement", async () => {
  const { lineId } = await makeLine(partner.ctx, { quantity: 1, unitPriceMinor: 1_001 });
  const hold = { kind: "hold", from: mine.available, to: mine.held };
  expect(await attempt({ ...hold, amountMinor: 1_001, orderLineId: lineId })).toEqual(check("ledger_accounts_available"));
  const lines = await Promise.all([makeLine(partner.ctx), makeLine(partner.ctx)]);
  const rows = lines.map((line) => ({ ...hold, amountMinor: 501, orderLineId: line.lineId }));
  expect(await refusalOf(transferRows(rows))).toEqual(check("ledger_accounts_available"));
});

test("nothing, a negative amount and a transfer to itself are refused", async () => {
  const topUp = { kind: "top_up", from: ours.funding, to: mine.available };
  expect(await attempt({ ...topUp, amountMinor: 0 })).toEqual(check("transfers_amount"));
  expect(await attempt({ ...topUp, amountMinor: -5 })).toEqual(check("transfers_amount"));
  expect(await attempt({ ...topUp, to: ours.funding, amountMinor: 5 })).toEqual(check("transfers_accounts"));
});

test("a transfer cannot cross currencies, nor name one that its accounts do not have", async () => {
  const euros = await ownAccounts(db(), ["funding"], "EUR");
  expect(await attempt({ kind: "top_up", from: euros.funding, to: mine.available, amountMinor: 5 })).toEqual(
    check("transfers_currency"),
  );
  expect(await attempt({ kind: "top_up", from: euros.funding, to: mine.available, amountMinor: 5, currency: "EUR" })).toEqual(
    check("transfers_currency"),
  );
  expect(await attempt({ kind: "top_up", from: ours.funding, to: mine.available, amountMinor: 5, currency: "EUR" })).toEqual(
    check("transfers_currency"),
  );
});

test("no kind moves between accounts that are not its own", async () => {
  const { lineId } = await makeLine(partner.ctx);
  const wrong: Omit<RawTransfer, "amountMinor">[] = [
    { kind: "top_up", from: ours.sales, to: mine.available },
    { kind: "top_up", from: theirs.available, to: mine.available },
    { kind: "hold", from: ours.funding, to: mine.held, orderLineId: lineId },
    { kind: "hold", from: theirs.available, to: mine.held, orderLineId: lineId },
    { kind: "release", from: ours.sales, to: mine.available, orderLineId: lineId },
    { kind: "release", from: theirs.held, to: mine.available, orderLineId: lineId },
    { kind: "refund", from: ours.funding, to: mine.available, orderLineId: lineId },
    { kind: "invented", from: ours.funding, to: mine.available },
  ];
  for (const row of wrong) expect(await attempt({ ...row, amountMinor: 5 }), row.kind).toEqual(check("transfers_kind"));
  const cost = { kind: "supplier_cost", from: ours.supplier_balance, to: ours.supplier_cost };
  expect(await attempt({ ...cost, amountMinor: 5 })).toEqual(check("transfers_cost"));
});

test("a refund gives back what was taken for the line, to whom it was taken from, and no more", async () => {
  const { lineId } = await makeLine(partner.ctx);
  const refund = { kind: "refund", from: ours.sales, amountMinor: 5 };
  expect(await attempt({ ...refund, to: mine.available })).toEqual(check("transfers_order_line"));
  expect(await attempt({ ...refund, to: theirs.available, orderLineId: lineId })).toEqual(check("transfers_partner"));
  expect(await attempt({ ...refund, to: mine.available, orderLineId: lineId })).toEqual(check("transfers_refund"));
});

test("one payment is booked once", async () => {
  const row = {
    kind: "top_up",
    from: ours.funding,
    to: mine.available,
    amountMinor: 5,
    reference: `ONCE ${partner.partnerId}`.toUpperCase(),
  };
  expect(await refusalOf(transferRows([row, { ...row, to: theirs.available }]))).toEqual({
    state: UNIQUE_VIOLATION,
    constraint: "transfers_one_reference",
  });
  expect(await attempt({ ...row, reference: "lower case" })).toEqual(check("transfers_reference"));
});

test.each([
  "update ledger_accounts set balance_minor = 9999",
  "update ledger_accounts set credit_limit_minor = 9999",
  "delete from ledger_accounts",
  "insert into ledger_accounts (kind, currency, balance_minor) values ('sales', 'XXX', 5)",
  "insert into ledger_accounts (kind, currency, credit_limit_minor) values ('sales', 'XXX', 5)",
  "insert into ledger_accounts (id, kind, currency) overriding system value values (-1, 'sales', 'XXX')",
])("nobody writes a balance or a limit: %s", async (statement) => {
  expect(await refusalOf(sql.raw(statement))).toMatchObject({ state: NO_RIGHT });
});

test("an account is of a known kind, in a currency, and a partner's if it is a wallet's", async () => {
  const open = (kind: string, currency: string) =>
    refusalOf(sql`insert into ledger_accounts (kind, currency) values (${kind}, ${currency})`);
  expect(await open("secret", "USD")).toEqual(check("ledger_accounts_kind"));
  expect(await open("sales", "dollars")).toEqual(check("ledger_accounts_currency"));
  expect(await open("available", "USD")).toEqual(check("ledger_accounts_owner"));
});

test("the function for credit limits wants an admin by name, whatever it is given", async () => {
  const { userId } = await makeStaff("support");
  for (const name of [userId, "nobody", "", null]) {
    const query = sql`select set_credit_limit(${partner.partnerId}::uuid, 'USD', 500, ${name}, gen_random_uuid())`;
    expect(await refusalOf(query)).toEqual(check("credit_limit_admin"));
  }
  const admin = await makeStaff();
  const below = sql`select set_credit_limit(${partner.partnerId}::uuid, 'USD', -1, ${admin.userId}, gen_random_uuid())`;
  expect(await refusalOf(below)).toEqual(check("ledger_accounts_credit"));
});

test("a hundred spends at once of a wallet worth ten: exactly ten win", async () => {
  const poor = await makePartner({ fundsMinor: 1_000 });
  const wallet = await walletAccounts(db(), poor.partnerId, "USD");
  const lines = await Promise.all(Array.from({ length: 100 }, () => makeLine(poor.ctx, { quantity: 1, unitPriceMinor: 100 })));
  const outcomes = await Promise.all(
    lines.map(({ lineId }) =>
      attempt({ kind: "hold", from: wallet.available, to: wallet.held, amountMinor: 100, orderLineId: lineId }),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(10);
  for (const outcome of outcomes) if (outcome) expect(outcome).toEqual(check("ledger_accounts_available"));
  expect(await balances(poor.partnerId)).toEqual({ available: 0, held: 1_000 });
});

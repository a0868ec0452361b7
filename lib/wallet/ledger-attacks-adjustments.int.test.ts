import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { minorExponent } from "@/lib/money";
import { balances, makePartner, type TestPartner } from "@/local/testing/factories";
import { ownAccounts, walletAccounts } from "./accounts";
import {
  CHECK_VIOLATION,
  makeStaff,
  NO_RIGHT,
  RESTRICT_VIOLATION,
  refusalOf,
  transferRows,
  UNIQUE_VIOLATION,
} from "./ledger.fixture";
import { isLargeAdjustment, LARGE_ADJUSTMENT_MAJOR } from "./ledger.schemas";

/** Attacks on adjustments, with SQL as the application's role: nothing is adjusted without its row, and nothing large by one admin. */

let partner: TestPartner;
let other: TestPartner;
let available: number;
let adjusting: number;
let first: string;
let second: string;
let support: string;

beforeAll(async () => {
  [partner, other] = await Promise.all([makePartner({ fundsMinor: 1_000 }), makePartner({ fundsMinor: 1_000 })]);
  ({ available } = await walletAccounts(db(), partner.partnerId, "USD"));
  adjusting = (await ownAccounts(db(), ["adjustments"], "USD")).adjustments;
  [{ userId: first }, { userId: second }, { userId: support }] = await Promise.all([
    makeStaff(),
    makeStaff(),
    makeStaff("support"),
  ]);
});

const check = (constraint: string) => ({ state: CHECK_VIOLATION, constraint });
const LARGE_MINOR = 10_001;

interface Row {
  id?: string;
  amountMinor: number;
  status?: string;
  requestedBy?: string;
  decidedBy?: string | null;
  currency?: string;
}
const insertion = ({
  id = randomUUID(),
  amountMinor,
  status = "pending",
  requestedBy = first,
  decidedBy = null,
  currency = "USD",
}: Row) =>
  sql`insert into adjustments (id, partner_id, currency, amount_minor, reason, status, requested_by, decided_by, decided_at)
    values (${id}::uuid, ${partner.partnerId}::uuid, ${currency}, ${amountMinor}, 'an attack', ${status}, ${requestedBy}, ${decidedBy}, case when ${status} = 'pending' then null else now() end)`;
const decision = (id: string, by: string | null, status = "posted") =>
  sql`update adjustments set status = ${status}, decided_by = ${by}, decided_at = now() where id = ${id}::uuid`;
const transfer = (adjustmentId: string | null, amountMinor: number, from = adjusting, to = available) =>
  transferRows([{ kind: "adjustment", from, to, amountMinor, adjustmentId }]);

/** Both in one transaction, as a verb does; answers how the second was refused. */
async function together(...queries: ReturnType<typeof sql>[]): Promise<string | null> {
  try {
    await db().transaction(async (tx) => {
      for (const query of queries) await tx.execute(query);
    });
    return null;
  } catch (thrown) {
    // A refusal at commit comes bare, one of a statement comes wrapped.
    const error = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
    return String(Reflect.get(Object(error), "constraint"));
  }
}

test("money is adjusted only by a transfer that names its adjustment, and by nothing else", async () => {
  expect(await refusalOf(transfer(null, 5))).toEqual(check("transfers_adjustment"));
  const { funding } = await ownAccounts(db(), ["funding"], "USD");
  const topUp = transferRows([{ kind: "top_up", from: funding, to: available, amountMinor: 5, adjustmentId: randomUUID() }]);
  expect(await refusalOf(topUp)).toEqual(check("transfers_adjustment"));
  expect(await refusalOf(transfer(randomUUID(), 5))).toMatchObject({ state: "23503" });
  expect(await balances(partner.partnerId)).toEqual({ available: 1_000, held: 0 });
});

test("the transfer is of the adjustment's partner, amount and sign, and only once it is posted", async () => {
  const pending = randomUUID();
  await db().execute(insertion({ id: pending, amountMinor: LARGE_MINOR }));
  expect(await refusalOf(transfer(pending, LARGE_MINOR))).toEqual(check("transfers_adjustment_match"));
  const theirs = await walletAccounts(db(), other.partnerId, "USD");
  const wrong = (id: string) => [
    transfer(id, 51),
    transfer(id, 50, available, adjusting),
    transfer(id, 50, adjusting, theirs.available),
  ];
  for (let attack = 0; attack < 3; attack++) {
    const id = randomUUID();
    const move = wrong(id)[attack];
    if (!move) throw new Error("There are three attacks");
    expect(await together(insertion({ id, amountMinor: 50, status: "posted" }), move)).toBe("transfers_adjustment_match");
  }
  expect(await balances(partner.partnerId)).toEqual({ available: 1_000, held: 0 });
  expect(await balances(other.partnerId)).toEqual({ available: 1_000, held: 0 });
});

test("an adjustment is posted with its transfer or not at all, and moves money once", async () => {
  expect(await together(insertion({ amountMinor: 50, status: "posted" }))).toBe("adjustments_posted");
  const id = randomUUID();
  expect(await together(insertion({ id, amountMinor: 50, status: "posted" }), transfer(id, 50))).toBeNull();
  expect(await refusalOf(transfer(id, 50))).toEqual({ state: UNIQUE_VIOLATION, constraint: "transfers_one_adjustment" });
  const back = randomUUID();
  expect(
    await together(insertion({ id: back, amountMinor: -50, status: "posted" }), transfer(back, 50, available, adjusting)),
  ).toBeNull();
  expect(await balances(partner.partnerId)).toEqual({ available: 1_000, held: 0 });
});

test("a large one is posted by two admins: not at once, not by its author, not by nobody, not by support", async () => {
  expect(await refusalOf(insertion({ amountMinor: LARGE_MINOR, status: "posted" }))).toEqual(check("adjustments_two_admins"));
  expect(await refusalOf(insertion({ amountMinor: LARGE_MINOR, status: "posted", decidedBy: second }))).toEqual(
    check("adjustments_asked_first"),
  );
  const id = randomUUID();
  await db().execute(insertion({ id, amountMinor: -LARGE_MINOR }));
  expect(await refusalOf(decision(id, first))).toEqual(check("adjustments_two_admins"));
  expect(await refusalOf(decision(id, null))).toEqual(check("adjustments_two_admins"));
  expect(await refusalOf(decision(id, support))).toEqual(check("adjustments_admins"));
  expect(await refusalOf(decision(id, null, "declined"))).toEqual(check("adjustments_declined"));
  expect(await balances(partner.partnerId)).toEqual({ available: 1_000, held: 0 });
});

test("only admins ask, and what was asked for never changes", async () => {
  expect(await refusalOf(insertion({ amountMinor: 5, requestedBy: support }))).toEqual(check("adjustments_admins"));
  for (const set of ["amount_minor = 1", "requested_by = decided_by", "reason = ''", "currency = 'JPY'", "partner_id = null"])
    expect(await refusalOf(sql.raw(`update adjustments set ${set}`))).toMatchObject({ state: NO_RIGHT });
  expect(await refusalOf(sql`delete from adjustments`)).toMatchObject({ state: NO_RIGHT });
});

test("a decision is final", async () => {
  const id = randomUUID();
  await db().execute(insertion({ id, amountMinor: LARGE_MINOR }));
  await db().execute(decision(id, second, "declined"));
  const final = { state: RESTRICT_VIOLATION, constraint: "adjustments_decided_once" };
  expect(await refusalOf(decision(id, second, "posted"))).toEqual(final);
  expect(
    await refusalOf(sql`update adjustments set status = 'pending', decided_by = null, decided_at = null where id = ${id}::uuid`),
  ).toEqual(final);
});

test("the database and the product mean the same by minor units, and by large, in every currency", async () => {
  const currencies = [...Intl.supportedValuesOf("currency"), "ZZZ"];
  const { rows } = await db().execute<{ currency: string; exponent: number; small: number }>(sql`
    select currency, minor_exponent(currency) as exponent, small_adjustment_minor(currency) as small from unnest(string_to_array(${currencies.join(" ")}, ' ')) as currency`);
  expect(rows).toHaveLength(currencies.length);
  for (const { currency, exponent, small } of rows) {
    expect({ currency, exponent }).toEqual({ currency, exponent: minorExponent(currency) });
    expect(small).toBe(LARGE_ADJUSTMENT_MAJOR * 10 ** exponent);
    expect([isLargeAdjustment(small, currency), isLargeAdjustment(-small - 1, currency)]).toEqual([false, true]);
  }
});

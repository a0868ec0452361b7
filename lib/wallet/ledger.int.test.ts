import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { sqlState, violated } from "@/lib/postgres-errors";
import { balances, makePartner, type TestPartner } from "@/local/testing/factories";
import { ownAccounts, walletAccounts } from "./accounts";
import { postTransfers } from "./post-transfers";

let partner: TestPartner;
let available: number;
let held: number;
let ours: Record<"sales" | "adjustments", number>;

beforeAll(async () => {
  partner = await makePartner({ fundsMinor: 1_000 });
  ({ available, held } = await walletAccounts(db(), partner.partnerId, "USD"));
  ours = await ownAccounts(db(), ["sales", "adjustments"], "USD");
});

const raw = (query: ReturnType<typeof sql>) =>
  db()
    .execute(query)
    .then(
      () => "done",
      (error: unknown) => error,
    );
const transfer = (kind: string, from: number, to: number, amount: number, currency = "USD") =>
  raw(
    sql`insert into transfers (id, kind, debit_account_id, credit_account_id, amount_minor, currency) values (gen_random_uuid(), ${kind}, ${from}, ${to}, ${amount}, ${currency})`,
  );

describe("the ledger, attacked with SQL as the application's role", () => {
  test("refuses an overdraw", async () => {
    expect(violated(await transfer("adjustment", available, ours.adjustments, 1_001), "ledger_accounts_available")).toBe(true);
  });

  test("refuses nothing, a negative amount, and a transfer to itself", async () => {
    expect(violated(await transfer("adjustment", available, ours.adjustments, 0), "transfers_amount")).toBe(true);
    expect(violated(await transfer("adjustment", ours.adjustments, available, -5), "transfers_amount")).toBe(true);
    expect(violated(await transfer("adjustment", available, available, 5), "transfers_accounts")).toBe(true);
  });

  test("refuses another currency, and a kind that does not move between these accounts", async () => {
    expect(violated(await transfer("adjustment", available, ours.adjustments, 5, "EUR"), "transfers_currency")).toBe(true);
    expect(violated(await transfer("top_up", ours.sales, available, 5), "transfers_kind")).toBe(true);
  });

  test("refuses to capture or release what no order line holds", async () => {
    expect(sqlState(await transfer("capture", held, ours.sales, 5))).toBe("23514");
    expect(sqlState(await transfer("release", held, available, 5))).toBe("23514");
  });

  test("lets nobody write a balance, or change or remove a transfer", async () => {
    expect(sqlState(await raw(sql`update ledger_accounts set balance_minor = 9999 where id = ${available}`))).toBe("42501");
    expect(sqlState(await raw(sql`insert into ledger_accounts (kind, currency, balance_minor) values ('sales', 'XXX', 5)`))).toBe(
      "42501",
    );
    expect(sqlState(await raw(sql`update transfers set amount_minor = 1`))).toBe("42501");
    expect(sqlState(await raw(sql`delete from transfers`))).toBe("42501");
    expect(sqlState(await raw(sql`truncate transfers`))).toBe("42501");
    expect(sqlState(await raw(sql`alter table transfers disable trigger all`))).toBe("42501");
  });

  test("keeps every sum at zero and every balance equal to its transfers", async () => {
    await postTransfers(db(), [
      { kind: "adjustment", debitAccountId: available, creditAccountId: ours.adjustments, amountMinor: 400, currency: "USD" },
    ]);
    expect(await balances(partner.partnerId)).toEqual({ available: 600, held: 0 });
    const { rows } = await db().execute<{ unbalanced: number; drifted: number }>(sql`
      select
        (select count(*)::int from (select currency from ledger_accounts group by currency having sum(balance_minor) <> 0) s) as unbalanced,
        (select count(*)::int from ledger_accounts a where a.balance_minor <>
          coalesce((select sum(amount_minor) from transfers where credit_account_id = a.id), 0) - coalesce((select sum(amount_minor) from transfers where debit_account_id = a.id), 0)) as drifted`);
    expect(rows[0]).toEqual({ unbalanced: 0, drifted: 0 });
  });
});

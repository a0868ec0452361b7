import { randomUUID } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, db, type Transaction } from "@/drizzle/client";
import { alerts, ledgerChecks, orders } from "@/drizzle/schema";
import { env } from "@/lib/env";
import { makePartner, type TestPartner } from "@/local/testing/factories";
import { ownAccounts, walletAccounts } from "./accounts";
import { checkLedger, OUT_OF_BALANCE } from "./check-ledger";
import { makeAllocation, makeLine } from "./ledger.fixture";
import type { LedgerCheck } from "./ledger.schemas";
import { postTransfers } from "./post-transfers";

/** The owner can break the books, as whoever reaches the database directly could. It is done in a transaction that is rolled back: no other suite sees it. */
let owner: ReturnType<typeof connect>;
let partner: TestPartner;
let mine: { available: number; held: number };
let sales: number;

beforeAll(async () => {
  owner = connect(env().DATABASE_URL_UNPOOLED ?? "");
  partner = await makePartner({ fundsMinor: 10_000 });
  mine = await walletAccounts(db(), partner.partnerId, "USD");
  ({ sales } = await ownAccounts(db(), ["sales"], "USD"));
});
afterAll(() => owner.pool.end());

class Undo extends Error {}

async function undone(work: (tx: Transaction) => Promise<void>): Promise<void> {
  await owner.db
    .transaction(async (tx) => {
      await work(tx);
      throw new Undo();
    })
    .catch((thrown: unknown) => {
      if (!(thrown instanceof Undo)) throw thrown;
    });
}

const openAlerts = (tx: Transaction) =>
  tx
    .select()
    .from(alerts)
    .where(and(eq(alerts.kind, OUT_OF_BALANCE.kind), isNull(alerts.resolvedAt)));
const about = ({ findings }: LedgerCheck, subject: string) => findings.filter((finding) => finding.subject === subject);

test("clean books are found clean, and the check is kept", async () => {
  const check = await checkLedger();
  expect(check).toMatchObject({ ok: true, found: 0, findings: [] });
  expect(check.transfers).toBeGreaterThan(0);
  const [kept] = await db().select().from(ledgerChecks).where(eq(ledgerChecks.id, check.id));
  expect(kept).toMatchObject({ ok: true, transfers: check.transfers });
});

test("a balance that was written by hand raises an alert; once it is right again the alert ends", async () => {
  await undone(async (tx) => {
    await tx.execute(sql`update ledger_accounts set balance_minor = balance_minor + 7 where id = ${mine.available}`);
    const check = await checkLedger(tx);
    expect(check.ok).toBe(false);
    expect(about(check, "currency:USD")).toMatchObject([{ kind: "sum_not_zero", expectedMinor: 0, actualMinor: 7 }]);
    expect(about(check, `account:${mine.available}`)).toMatchObject([
      { kind: "balance_differs_from_transfers", expectedMinor: 10_000, actualMinor: 10_007 },
    ]);
    await checkLedger(tx);
    expect(await openAlerts(tx)).toMatchObject([{ severity: "critical", times: 2 }]);
    await tx.execute(sql`update ledger_accounts set balance_minor = balance_minor - 7 where id = ${mine.available}`);
    expect((await checkLedger(tx)).ok).toBe(true);
    expect(await openAlerts(tx)).toEqual([]);
  });
});

test("two wrongs that cancel out are found as well", async () => {
  await undone(async (tx) => {
    await tx.execute(sql`update ledger_accounts set balance_minor = balance_minor + 7 where id = ${mine.available}`);
    await tx.execute(sql`update ledger_accounts set balance_minor = balance_minor - 7 where id = ${sales}`);
    const check = await checkLedger(tx);
    expect(check.findings.map(({ kind }) => kind)).toEqual(["balance_differs_from_transfers", "balance_differs_from_transfers"]);
    expect(about(check, `account:${sales}`)).toHaveLength(1);
  });
});

test("a transfer that was written past the trigger, changed or removed is found", async () => {
  await undone(async (tx) => {
    await tx.execute(sql`alter table transfers disable trigger user`);
    await tx.execute(sql`update transfers set amount_minor = 9000 where credit_account_id = ${mine.available}`);
    const check = await checkLedger(tx);
    expect(about(check, `account:${mine.available}`)).toMatchObject([{ expectedMinor: 9_000, actualMinor: 10_000 }]);
    await tx.execute(sql`delete from transfers where credit_account_id = ${mine.available}`);
    expect(about(await checkLedger(tx), `account:${mine.available}`)).toMatchObject([{ expectedMinor: 0 }]);
  });
});

test("what orders hold is held against their lines: a final order with money, a line settled beyond its hold", async () => {
  const line = await makeLine(partner.ctx);
  const dispatchLineId = await makeAllocation(line.lineId, 10);
  const hold = { debitAccountId: mine.available, creditAccountId: mine.held, currency: "USD", orderLineId: line.lineId };
  await postTransfers(db(), [{ ...hold, kind: "hold", amountMinor: 1_000 }]);
  expect((await checkLedger()).ok).toBe(true);
  await undone(async (tx) => {
    await tx.update(orders).set({ status: "processing" }).where(eq(orders.id, line.orderId));
    await tx.update(orders).set({ status: "completed", settledAt: new Date() }).where(eq(orders.id, line.orderId));
    const check = await checkLedger(tx);
    expect(about(check, `order:${line.orderId}`)).toMatchObject([{ kind: "final_order_holds_money", actualMinor: 1_000 }]);
    expect(about(check, `account:${mine.held}`)).toMatchObject([
      { kind: "held_differs_from_open_lines", expectedMinor: 0, actualMinor: 1_000 },
    ]);
  });
  await undone(async (tx) => {
    await tx.execute(sql`alter table transfers disable trigger user`);
    await tx.execute(sql`insert into transfers (id, kind, debit_account_id, credit_account_id, amount_minor, currency, order_line_id, dispatch_line_id)
      values (${randomUUID()}::uuid, 'capture', ${mine.held}, ${sales}, 1001, 'USD', ${line.lineId}::uuid, ${dispatchLineId}::uuid)`);
    const check = await checkLedger(tx);
    expect(about(check, `order_line:${line.lineId}`)).toMatchObject([
      { kind: "settled_beyond_hold", expectedMinor: 1_000, actualMinor: 1_001 },
    ]);
  });
  expect((await checkLedger()).ok).toBe(true);
});

import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { orderLines } from "@/drizzle/schema";
import { balances, makePartner, type TestPartner } from "@/local/testing/factories";
import { ownAccounts, walletAccounts } from "./accounts";
import {
  CHECK_VIOLATION,
  makeAllocation,
  makeLine,
  NO_RIGHT,
  type RawTransfer,
  refusalOf,
  transferRows,
  UNIQUE_VIOLATION,
} from "./ledger.fixture";

/** Attacks on what an order line holds, takes and gives back, with SQL as the application's role. A line here is 10 cards at 100. */

let partner: TestPartner;
let other: TestPartner;
let mine: { available: number; held: number };
let theirs: { available: number; held: number };
let sales: number;

beforeAll(async () => {
  other = await makePartner({ fundsMinor: 10_000 });
  theirs = await walletAccounts(db(), other.partnerId, "USD");
  ({ sales } = await ownAccounts(db(), ["sales"], "USD"));
});

beforeEach(async () => {
  partner = await makePartner({ fundsMinor: 10_000 });
  mine = await walletAccounts(db(), partner.partnerId, "USD");
  return async () => expect(await balances(other.partnerId)).toEqual({ available: 10_000, held: 0 });
});

const attempt = (...rows: RawTransfer[]) => refusalOf(transferRows(rows));
const check = (constraint: string) => ({ state: CHECK_VIOLATION, constraint });
const hold = (orderLineId: string, amountMinor = 1_000): RawTransfer => ({
  kind: "hold",
  from: mine.available,
  to: mine.held,
  amountMinor,
  orderLineId,
});
const capture = (orderLineId: string, dispatchLineId: string | null, amountMinor: number): RawTransfer => ({
  kind: "capture",
  from: mine.held,
  to: sales,
  amountMinor,
  orderLineId,
  dispatchLineId,
});
const release = (orderLineId: string, dispatchLineId: string | null, amountMinor: number): RawTransfer => ({
  kind: "release",
  from: mine.held,
  to: mine.available,
  amountMinor,
  orderLineId,
  dispatchLineId,
});

/** Refused as `constraint` says, and the wallet is as it was. */
async function refused(rows: RawTransfer[], constraint: string, state = CHECK_VIOLATION): Promise<void> {
  const before = await balances(partner.partnerId);
  expect(await attempt(...rows)).toEqual({ state, constraint });
  expect(await balances(partner.partnerId)).toEqual(before);
}

async function heldLine() {
  const line = await makeLine(partner.ctx);
  expect(await attempt(hold(line.lineId))).toBeNull();
  return line.lineId;
}

test("a hold is on the wallet of its line's partner, in its order's currency, and at most the line's price", async () => {
  const { lineId } = await makeLine(partner.ctx);
  await refused([{ ...hold(lineId), from: theirs.available, to: theirs.held }], "transfers_partner");
  await refused([hold(lineId, 1_001)], "transfers_hold_price");
  const euros = await makeLine(partner.ctx, { currency: "EUR" });
  await refused([hold(euros.lineId)], "transfers_partner");
  await refused([{ ...hold(lineId), orderLineId: null }], "transfers_line");
});

test("a price that rises after the fact is not a way to a larger hold", async () => {
  const { lineId, orderId } = await makeLine(partner.ctx);
  for (const set of ["unit_price_minor = 999999", "quantity = 500", `order_id = '${orderId}'`])
    expect(await refusalOf(sql.raw(`update order_lines set ${set} where id = '${lineId}'`))).toMatchObject({ state: NO_RIGHT });
  for (const set of [`partner_id = '${other.partnerId}'`, "currency = 'EUR'", "total_minor = 1"])
    expect(await refusalOf(sql.raw(`update orders set ${set} where id = '${orderId}'`))).toMatchObject({ state: NO_RIGHT });
  await refused([hold(lineId, 1_001)], "transfers_hold_price");
});

test("a line is held once", async () => {
  const lineId = await heldLine();
  await refused([hold(lineId, 1)], "transfers_one_hold", UNIQUE_VIOLATION);
  const { lineId: fresh } = await makeLine(partner.ctx);
  await refused([hold(fresh, 1), hold(fresh, 1)], "transfers_one_hold", UNIQUE_VIOLATION);
});

test("nothing is captured or released that no line holds", async () => {
  await heldLine();
  const { lineId } = await makeLine(partner.ctx);
  const dispatchLineId = await makeAllocation(lineId, 10);
  await refused([capture(lineId, dispatchLineId, 100)], "transfers_within_hold");
  await refused([release(lineId, dispatchLineId, 100)], "transfers_within_hold");
  await refused([{ ...release(lineId, null, 100), orderLineId: null }], "transfers_line");
});

test("a capture names a purchase that was made for the line; so does a release of a line that was bought for", async () => {
  const lineId = await heldLine();
  await refused([capture(lineId, null, 100)], "transfers_capture");
  const foreign = await makeAllocation((await makeLine(other.ctx)).lineId, 10);
  await refused([capture(lineId, foreign, 100)], "transfers_allocation");
  await refused([release(lineId, foreign, 100)], "transfers_allocation");
  await makeAllocation(lineId, 10);
  await refused([release(lineId, null, 1_000)], "transfers_release");
});

test("what a line's purchase brings is taken from its own partner's wallet, and given back to it", async () => {
  const lineId = await heldLine();
  const dispatchLineId = await makeAllocation(lineId, 10);
  await refused([{ ...capture(lineId, dispatchLineId, 100), from: theirs.held }], "transfers_partner");
  await refused([{ ...release(lineId, dispatchLineId, 100), from: theirs.held, to: theirs.available }], "transfers_partner");
  await refused([{ ...release(lineId, dispatchLineId, 100), to: theirs.available }], "transfers_kind");
});

test("a purchase is captured once and released once for a line", async () => {
  const lineId = await heldLine();
  const dispatchLineId = await makeAllocation(lineId, 10);
  expect(await attempt(capture(lineId, dispatchLineId, 700), release(lineId, dispatchLineId, 200))).toBeNull();
  await refused([capture(lineId, dispatchLineId, 100)], "transfers_one_capture", UNIQUE_VIOLATION);
  await refused([release(lineId, dispatchLineId, 100)], "transfers_one_release", UNIQUE_VIOLATION);
  const cancelled = await heldLine();
  expect(await attempt(release(cancelled, null, 900))).toBeNull();
  await refused([release(cancelled, null, 100)], "transfers_one_release", UNIQUE_VIOLATION);
});

test("captures and releases together stay within the hold, in one statement or over several purchases", async () => {
  const lineId = await heldLine();
  // Another hold on the same wallet: it must not lend its money.
  await heldLine();
  const [first, second] = [await makeAllocation(lineId, 6), await makeAllocation(lineId, 4)];
  await refused([capture(lineId, first, 1_001)], "transfers_within_hold");
  await refused([capture(lineId, first, 600), release(lineId, second, 500)], "transfers_within_hold");
  expect(await attempt(capture(lineId, first, 600))).toBeNull();
  await refused([release(lineId, second, 401)], "transfers_within_hold");
  expect(await attempt(release(lineId, second, 400))).toBeNull();
  expect(await balances(partner.partnerId)).toEqual({ available: 8_400, held: 1_000 });
});

test("no purchase takes or gives back more than the cards it was made for", async () => {
  const lineId = await heldLine();
  const dispatchLineId = await makeAllocation(lineId, 3);
  await refused([capture(lineId, dispatchLineId, 400)], "transfers_within_allocation");
  await refused([capture(lineId, dispatchLineId, 200), release(lineId, dispatchLineId, 200)], "transfers_within_allocation");
  expect(await attempt(capture(lineId, dispatchLineId, 200), release(lineId, dispatchLineId, 100))).toBeNull();
});

test("nothing is taken or given back before the supplier's final answer, and after a refusal nothing is taken", async () => {
  const lineId = await heldLine();
  const dispatchLineId = await makeAllocation(lineId, 10, "prepared");
  await refused([release(lineId, dispatchLineId, 1_000)], "transfers_answer");
  await refused([capture(lineId, dispatchLineId, 1_000)], "transfers_answer");
  const again = await heldLine();
  const rejected = await makeAllocation(again, 10, "rejected");
  await refused([capture(again, rejected, 1_000)], "transfers_answer");
  expect(await attempt(release(again, rejected, 1_000))).toBeNull();
});

test("a line is bought once: not more is allocated than was ordered, also by two at once, unless a purchase was refused", async () => {
  const lineId = await heldLine();
  await makeAllocation(lineId, 10, "rejected");
  const twice = await Promise.allSettled([makeAllocation(lineId, 10, "prepared"), makeAllocation(lineId, 10, "prepared")]);
  expect(twice.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(makeAllocation(lineId, 1)).rejects.toMatchObject({ cause: { constraint: "allocations_once" } });
});

test("a refund is at most what was captured", async () => {
  const lineId = await heldLine();
  const dispatchLineId = await makeAllocation(lineId, 10);
  expect(await attempt(capture(lineId, dispatchLineId, 300), release(lineId, dispatchLineId, 700))).toBeNull();
  const refund = (amountMinor: number) => ({ kind: "refund", from: sales, to: mine.available, amountMinor, orderLineId: lineId });
  expect(await attempt(refund(200))).toBeNull();
  await refused([refund(101)], "transfers_refund");
});

test("ten purchases of one line, each captured and released at once: exactly what was held is settled", async () => {
  const lineId = await heldLine();
  const purchases = await Promise.all(Array.from({ length: 10 }, () => makeAllocation(lineId, 1)));
  const outcomes = await Promise.all(
    purchases.flatMap((id) => [attempt(capture(lineId, id, 100)), attempt(release(lineId, id, 100))]),
  );
  expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(10);
  for (const outcome of outcomes)
    if (outcome)
      expect(["transfers_within_hold", "transfers_within_allocation", "ledger_accounts_held"]).toContain(outcome.constraint);
  expect((await balances(partner.partnerId)).held).toBe(0);
});

test("statements that touch many wallets in any order never wait in a circle", async () => {
  const partners = await Promise.all(Array.from({ length: 4 }, () => makePartner({ fundsMinor: 10_000 })));
  const wallets = await Promise.all(partners.map(({ partnerId }) => walletAccounts(db(), partnerId, "USD")));
  const statements = await Promise.all(
    Array.from({ length: 40 }, async (_, turn) => {
      const lines = await Promise.all(partners.map(({ ctx }) => makeLine(ctx, { quantity: 1, unitPriceMinor: 10 })));
      const rows = lines.flatMap(({ lineId }, index) => {
        const wallet = wallets[index];
        return wallet ? [{ kind: "hold", from: wallet.available, to: wallet.held, amountMinor: 10, orderLineId: lineId }] : [];
      });
      return turn % 2 ? rows : rows.reverse();
    }),
  );
  const outcomes = await Promise.all(statements.map((rows) => attempt(...rows)));
  expect(outcomes.filter((outcome) => outcome !== null)).toEqual([]);
  for (const { partnerId } of partners) expect(await balances(partnerId)).toEqual({ available: 9_600, held: 400 });
});

test("what a line delivered and gave back stays within its price, whoever writes it", async () => {
  const lineId = await heldLine();
  const query = sql`update order_lines set returned_minor = 1001 where id = ${lineId}`;
  expect(await refusalOf(query)).toEqual(check("order_lines_returned"));
  const [line] = await db().select().from(orderLines).where(eq(orderLines.id, lineId));
  expect(line).toMatchObject({ delivered: 0, returnedMinor: 0 });
});

import { beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { encodeCursor } from "@/lib/paging";
import { balances, makePartner, type TestPartner } from "@/local/testing/factories";
import { ownAccounts, walletAccounts } from "./accounts";
import { makeLine, makeStaff } from "./ledger.fixture";
import { listLedgerWallets } from "./list-ledger-wallets";
import { listTransfers } from "./list-transfers";
import { postTransfers } from "./post-transfers";
import { readLedger } from "./read-ledger";

const MAX_PAGES = 200;
let partner: TestPartner;
let available: number;
let held: number;

beforeAll(async () => {
  partner = await makePartner({ fundsMinor: 1_000 });
  ({ available, held } = await walletAccounts(db(), partner.partnerId, "USD"));
});

const holdOf = (orderLineId: string, amountMinor: number) => ({
  kind: "hold" as const,
  debitAccountId: available,
  creditAccountId: held,
  amountMinor,
  currency: "USD",
  orderLineId,
});

test("movements of one call are posted together or not at all, and movements of nothing are left out", async () => {
  const lines = await Promise.all([makeLine(partner.ctx), makeLine(partner.ctx), makeLine(partner.ctx)]);
  const [first, second, third] = lines.map(({ lineId }) => lineId);
  if (!first || !second || !third) throw new Error("Three lines were made");
  await expect(postTransfers(db(), [holdOf(first, 600), holdOf(second, 600)])).rejects.toMatchObject({
    code: "insufficient_funds",
  });
  expect(await balances(partner.partnerId)).toEqual({ available: 1_000, held: 0 });
  await postTransfers(db(), [holdOf(first, 600), holdOf(second, 150), holdOf(third, 0)]);
  expect(await balances(partner.partnerId)).toEqual({ available: 250, held: 750 });
});

test("staff read every movement of a partner, newest first, each once, by kind or all", async () => {
  const { ctx } = await makeStaff("support");
  const { partnerId } = partner;
  const seen = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { items, nextCursor } = await listTransfers(ctx, { limit: 2, cursor, partnerId });
    seen.push(...items);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  expect(seen.map(({ kind, amount }) => [kind, amount.amountMinor]).sort()).toEqual([
    ["hold", 150],
    ["hold", 600],
    ["top_up", 1_000],
  ]);
  expect(new Set(seen.map(({ id }) => id)).size).toBe(3);
  expect(seen.map(({ at }) => at)).toEqual(
    seen
      .map(({ at }) => at)
      .sort()
      .reverse(),
  );
  const [topUp] = (await listTransfers(ctx, { limit: 10, partnerId, kind: "top_up" })).items;
  expect(topUp).toMatchObject({
    from: { kind: "funding", partner: null },
    to: { kind: "available", partner: { id: partnerId } },
    order: null,
  });
  const holds = (await listTransfers(ctx, { limit: 10, partnerId, kind: "hold" })).items;
  expect(holds).toHaveLength(2);
  for (const { order } of holds) expect(order?.number).toMatch(/^ST-\d{6}/);
  expect((await listTransfers(ctx, { limit: 2 })).items).toHaveLength(2);
});

test("staff read every wallet once, by name, whatever the page", async () => {
  const { ctx } = await makeStaff();
  const later = [await makePartner(), await makePartner()].map(({ partnerId }) => partnerId);
  const seen = [];
  // The names that the factory gives rise with time: from here on there are these three and a few of suites beside this one.
  let cursor = encodeCursor([`Partner ${partner.partnerId}`, ""]);
  for (let page = 0; page < MAX_PAGES; page++) {
    const { items, nextCursor } = await listLedgerWallets(ctx, { limit: 2, cursor });
    seen.push(...items);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  const keys = seen.map(({ partnerName, currency }) => `${partnerName} ${currency}`);
  expect(keys).toEqual([...new Set(keys)].sort());
  expect(seen.map(({ partnerId }) => partnerId)).toEqual(expect.arrayContaining(later));
  expect(seen[0]).toMatchObject({
    partnerId: partner.partnerId,
    available: { amountMinor: 250, currency: "USD" },
    held: { amountMinor: 750 },
    creditLimit: { amountMinor: 0 },
  });
});

test("the books balance in every currency, and to partners they do not exist", async () => {
  const { ctx } = await makeStaff("support");
  const ledger = await readLedger(ctx);
  expect(ledger.trialBalance.length).toBeGreaterThan(0);
  for (const { currency, sum } of ledger.trialBalance) expect(sum).toEqual({ amountMinor: 0, currency });
  const { funding } = await ownAccounts(db(), ["funding"], "USD");
  expect(ledger.ownAccounts.find(({ id }) => id === funding)).toMatchObject({ kind: "funding" });
  for (const read of [
    () => readLedger(partner.ctx),
    () => listTransfers(partner.ctx, { limit: 1 }),
    () => listLedgerWallets(partner.ctx, { limit: 1 }),
  ])
    await expect(read()).rejects.toMatchObject({ code: "not_found" });
});

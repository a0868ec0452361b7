import { execFile } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import { migrate } from "drizzle-orm/neon-serverless/migrator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, db } from "@/drizzle/client";
import { revealCard } from "@/lib/cards";
import { drain } from "@/lib/dispatch";
import { COMPLETE_ENV } from "@/lib/env.fixture";
import { derivedRequestId } from "@/lib/ids";
import { cancelOrder, getOrder, placeOrder } from "@/lib/orders";
import { type Order, orderAcceptedSchema, type PlaceOrderInput } from "@/lib/orders/schemas";
import { findForgottenPurchases, listForgottenPurchases, today } from "@/lib/reconciliation";
import { topUp } from "@/lib/wallet";
import { magicProducts } from "@/local/bamboo/magic";
import { startBamboo } from "@/local/bamboo/start";
import { usd } from "@/local/bamboo/test-kit";
import { startPostgres } from "@/local/postgres/start";
import { claimOrder } from "@/local/testing/claim-order";
import { balances, makePartner, makeProduct, sandbox, type TestPartner } from "@/local/testing/factories";
import { machineVariables } from "@/local/up/base-environment";
import { ROOT, tsxArgs } from "@/local/up/root";
import { startUpstash } from "@/local/upstash/start";
import { buyUntil } from "./support/buy-until";
import { forgetLimits } from "./support/forget-limits";
import { soldAtTheEnd } from "./support/sold-at-the-end";

/*
 * The drill of docs/restore.md: the database is put back to yesterday's copy while the supplier remembers today. The copy is a cold one, of
 * the data folder of a stopped PostgreSQL; supplier and cache go on as they are. What the durable functions would call is called here.
 */

const EVERYONE_MAY_ENTER = 0o755;
const FUNDS_MINOR = 100_000;
/** Ten USD of face value, less five per cent. */
const PRICE_MINOR = 950;
const COMMAND_TIMEOUT_MS = 60_000;

const root = mkdtempSync(join(tmpdir(), "steller-restore-"));
const cluster = join(root, "postgres");
const run = promisify(execFile);
const closing: (() => Promise<unknown>)[] = [];
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let cache: Awaited<ReturnType<typeof startUpstash>>;

async function startDatabase(): Promise<void> {
  const again = postgres ? { port: postgres.port, gatePort: postgres.gatePort } : {};
  postgres = await startPostgres({ dataDir: cluster, passwords: { owner: "drill-owner", app: "drill-app" }, ...again });
}

/** A copy keeps the owner of each file: PostgreSQL accepts its folder from nobody else. */
async function backUp(copy: string): Promise<void> {
  await postgres.stop();
  await run("cp", ["-a", cluster, copy]);
  await startDatabase();
}

/** In life this takes longer than any limit looks back, so what was counted is over on both sides. */
async function restore(copy: string): Promise<void> {
  await postgres.stop();
  rmSync(cluster, { recursive: true });
  await run("cp", ["-a", copy, cluster]);
  await startDatabase();
  await forgetLimits();
  await sandbox().resetLimits();
}

beforeAll(async () => {
  chmodSync(root, EVERYONE_MAY_ENTER);
  const token = randomBytes(24).toString("base64url");
  const credentials = { clientId: "drill", clientSecret: token, controlToken: token };
  await startDatabase();
  cache = await startUpstash({ token });
  closing.push(() => cache.stop());
  const bamboo = await startBamboo({ brands: 12, ...credentials });
  closing.push(() => bamboo.stop());
  Object.assign(process.env, COMPLETE_ENV, {
    DATABASE_URL: postgres.appUrl,
    DATABASE_URL_UNPOOLED: postgres.ownerUrl,
    DATABASE_WS_PROXY: postgres.gateUrl,
    UPSTASH_REDIS_REST_URL: cache.url,
    UPSTASH_REDIS_REST_TOKEN: token,
    BAMBOO_BASE_URL: bamboo.url,
    BAMBOO_CLIENT_ID: credentials.clientId,
    BAMBOO_CLIENT_SECRET: credentials.clientSecret,
    BAMBOO_ACCOUNT_ID: String(usd),
    BAMBOO_CONTROL_TOKEN: token,
  });
  const owner = connect(postgres.ownerUrl);
  await migrate(owner.db, { migrationsFolder: join(ROOT, "drizzle/migrations") });
  await owner.pool.end();
  for (const { id } of Object.values(magicProducts)) await makeProduct({ id });
  await live();
});

afterAll(async () => {
  await postgres?.stop();
  for (const close of closing) await close();
  rmSync(root, { recursive: true, force: true });
});

/** What a partner keeps of an order on its own side: enough to send it again. */
const wanted = (...lines: [keyof typeof magicProducts, number][]): { key: string; input: PlaceOrderInput } => ({
  key: randomUUID(),
  input: { lines: lines.map(([name, quantity]) => ({ productId: magicProducts[name].id, faceMinor: 1_000, quantity })) },
});

/**
 * By the letters of the drill. A was delivered before the copy; P was prepared and Q waited when it was made; the rest came later. R is
 * refused as a whole for its second product, which is sold out that day, and buys the first one alone; H and I are bought in one purchase;
 * G is never repeated; F is new.
 */
const ORDERS = {
  a: wanted(["instant", 1]),
  p: wanted(["anyAmount", 2]),
  q: wanted(["callbackLate", 1]),
  withdrawn: wanted(["oneByOne", 1]),
  b: wanted(["instant", 3]),
  c: wanted(["instant", 1], ["anyAmount", 2]),
  d: wanted(["partialFailure", 3]),
  e: wanted(["acceptsThenCuts", 2]),
  g: wanted(["callbackTwice", 2]),
  h: wanted(["instant", 2]),
  i: wanted(["instant", 3]),
  r: wanted(["callbackEarly", 1], ["anyAmount", 1]),
  f: wanted(["anyAmount", 1]),
};
type Letter = keyof typeof ORDERS;
const COPY = join(root, "copy");

let partner: TestPartner;
/** As of the evening before the restore: ids, what partners were shown, what the supplier had sold. */
const ids = new Map<Letter, string>();
const shown = new Map<Letter, string[]>();
let sold: Awaited<ReturnType<ReturnType<typeof sandbox>["orders"]>>;

/** Answers the order's id, which is kept the first time. */
async function place(letter: Letter): Promise<string> {
  const { key, input } = ORDERS[letter];
  const { id } = orderAcceptedSchema.parse(JSON.parse((await placeOrder(partner.ctx, input, key)).body));
  if (!ids.has(letter)) ids.set(letter, id);
  return id;
}

const finish = (letters: readonly Letter[]): Promise<void> =>
  buyUntil(async () => (await Promise.all(letters.map(read))).every(({ settledAt }) => settledAt !== null));

const read = (letter: Letter): Promise<Order> => getOrder(partner.ctx, ids.get(letter) ?? "");

/** Every code of an order with its PIN and serial number. They stay in memory. */
async function reveal(letter: Letter): Promise<string[]> {
  const { cardList } = await read(letter);
  const cards = await Promise.all(cardList.map(({ id }) => revealCard(partner.ctx, id)));
  return cards.map(({ code, pin, serialNumber }) => [code, pin, serialNumber].join(" ")).sort();
}

/** Under which orders are bought as a whole, together. */
async function requestIdOf(...letters: readonly Letter[]): Promise<string> {
  const lines = (await Promise.all(letters.map(read))).flatMap((order) => order.lines);
  return derivedRequestId("dispatch", ...lines.map(({ id }) => id).sort());
}

/** H comes back without I, with which it was bought: it waits, and people are told. Then I comes back too. */
async function repeatJoined(): Promise<void> {
  await place("h");
  await drain({ forMs: 1 });
  expect((await read("h")).status).toBe("queued");
  await expect(cancelOrder(partner.ctx, ids.get("h") ?? "")).rejects.toMatchObject({ code: "order_not_cancellable" });
  const open = sql`select count(*)::int as raised from alerts where kind = 'dispatch.waits_for_forgotten' and resolved_at is null`;
  expect((await db().execute(open)).rows).toEqual([{ raised: 1 }]);
  await place("i");
  await finish(["h", "i"]);
  expect((await db().execute(open)).rows).toEqual([{ raised: 0 }]);
}

async function live(): Promise<void> {
  partner = await makePartner({ fundsMinor: FUNDS_MINOR });
  await place("a");
  await finish(["a"]);
  await claimOrder(await place("p"));
  await place("q");
  await place("withdrawn");

  await backUp(COPY);

  await cancelOrder(partner.ctx, ids.get("withdrawn") ?? "");
  await db().transaction((tx) => topUp(tx, { partnerId: partner.partnerId, currency: "USD", amountMinor: 5_000, memo: "day 2" }));
  await finish(["p", "q"]);
  for (const letter of ["b", "c", "d", "g"] as const) {
    await place(letter);
    await finish([letter]);
  }
  // Joined in one purchase.
  for (const letter of ["h", "i"] as const) await place(letter);
  await finish(["h", "i"]);
  await sandbox().setStock(magicProducts.anyAmount.id, 0);
  await place("r");
  await finish(["r"]);
  await sandbox().setStock(magicProducts.anyAmount.id, null);
  await place("e");
  const unreadable = { endpoint: "order", requestId: await requestIdOf("e"), times: null } as const;
  const { id: fault } = await sandbox().addFault({ ...unreadable, act: { kind: "failBefore", status: 503 } });
  await drain({ forMs: 1 });
  expect((await read("e")).status).toBe("confirming");
  await sandbox().removeFault(fault);
  for (const letter of ["a", "p", "q", "b", "c", "d", "g", "h", "i", "r"] as const) shown.set(letter, await reveal(letter));
  sold = await soldAtTheEnd();
  expect(sold.reduce((sum, order) => sum + order.sold, 0)).toBe(1 + 2 + 1 + 3 + 3 + 2 + 2 + 2 + 3 + 1 + 2);
}

/** Checkouts that came in at the supplier since, by RequestId. */
async function postsSince(before: number): Promise<string[]> {
  const arrivals = await sandbox().arrivals("checkout");
  return arrivals.slice(before).map(({ requestId }) => requestId ?? "");
}
const posts = async () => (await sandbox().arrivals("checkout")).length;

async function expectSameCards(letters: readonly Letter[]): Promise<void> {
  for (const letter of letters) expect((await reveal(letter)).join() === shown.get(letter)?.join(), letter).toBe(true);
}

async function expectBalancedLedger(): Promise<void> {
  const { rows } = await db().execute(sql`select currency from ledger_accounts group by currency having sum(balance_minor) <> 0`);
  expect(rows).toEqual([]);
}

test("without the report a purchase is posted again under its old RequestId, and nothing is bought twice", async () => {
  await restore(COPY);
  const before = await posts();
  await expect(read("b")).rejects.toMatchObject({ code: "not_found" });
  for (const letter of ["b", "d"] as const) expect(await place(letter)).toBe(ids.get(letter));
  await cancelOrder(partner.ctx, ids.get("withdrawn") ?? "");
  await finish(["p", "q", "b", "d"]);
  await repeatJoined();
  const alone = (["p", "q", "b", "d"] as const).map((letter) => requestIdOf(letter));
  expect((await postsSince(before)).sort()).toEqual((await Promise.all([...alone, requestIdOf("h", "i")])).sort());
  expect(await sandbox().orders()).toEqual(sold);
  await expectSameCards(["a", "p", "q", "b", "d", "h", "i"]);
  const cards = 1 + 2 + 1 + 3 + 2 + 2 + 3;
  expect(await balances(partner.partnerId)).toEqual({ available: FUNDS_MINOR - cards * PRICE_MINOR, held: 0 });
  await expectBalancedLedger();
});

test("with the report what was bought is asked about and never posted, and what nobody retries is named", async () => {
  await restore(COPY);
  const before = await posts();
  const { stdout } = await run(process.execPath, [...tsxArgs("local/recover.ts"), "--since", today()], {
    cwd: ROOT,
    env: { ...machineVariables(process.env), ...process.env },
    timeout: COMMAND_TIMEOUT_MS,
  });
  const forgotten = sold.filter(({ items }) => items.some(({ productId }) => productId === magicProducts.callbackTwice.id));
  expect(stdout).toContain(forgotten[0]?.requestId ?? "none");
  expect(stdout).toContain("Orders in the queue: 1");
  expect(stdout).toContain("by the journal in the cache: 1.");

  for (const letter of ["b", "c", "d", "e", "r"] as const) expect(await place(letter)).toBe(ids.get(letter));
  await cancelOrder(partner.ctx, ids.get("withdrawn") ?? "");
  await place("f");
  await finish(["p", "q", "b", "c", "d", "e", "r", "f"]);
  await repeatJoined();

  // The product that R did not get is back, and was never bought for it.
  const second = derivedRequestId("dispatch", (await read("r")).lines[1]?.id ?? "none");
  expect((await postsSince(before)).sort()).toEqual([await requestIdOf("f"), second].sort());
  const now = await sandbox().orders();
  expect(now.slice(0, sold.length)).toEqual(sold);
  expect(now.slice(sold.length).map((order) => order.sold)).toEqual([1, 1]);
  await expectSameCards(["a", "p", "q", "b", "c", "d", "h", "i"]);
  const ofR = await reveal("r");
  expect(shown.get("r")?.every((code) => ofR.includes(code))).toBe(true);
  expect(new Set(await reveal("e")).size).toBe(2);
  expect(await read("d")).toMatchObject({ status: "partially_completed", delivered: 2, returned: { amountMinor: PRICE_MINOR } });
  const cards = 1 + 2 + 1 + 3 + 3 + 2 + 2 + 2 + 1 + 2 + 3;
  expect(await balances(partner.partnerId)).toEqual({ available: FUNDS_MINOR - cards * PRICE_MINOR, held: 0 });
  await expectBalancedLedger();

  expect((await listForgottenPurchases()).map(({ requestId, cards }) => ({ requestId, cards }))).toEqual([
    { requestId: forgotten[0]?.requestId, cards: 2 },
  ]);
  const again = await findForgottenPurchases({ sinceDay: today(), untilDay: today() });
  expect(again).toMatchObject({
    purchases: sold.length + 2,
    unknown: 1,
    asked: 0,
    forgotten: [{ currency: "USD", purchases: 1, cards: 2, total: "18.0000" }],
  });
  expect(await sandbox().violations()).toEqual([]);
});

import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { getOrder, placeOrder } from "@/lib/orders";
import { orderAcceptedSchema } from "@/lib/orders/schemas";
import { magicProducts } from "@/local/bamboo/magic";
import { balances, makePartner, makeProduct, sandbox, type TestPartner } from "@/local/testing/factories";
import { isolatedVariables } from "@/local/up/isolated";
import { type System, startSystem } from "@/local/up/system";
import { buyUntil } from "./support/buy-until";

/*
 * Orders of several partners bought together, on the real parts: few purchases, everybody gets what is theirs, a product at fault is found
 * and harms nobody else, and a shortage falls on the last.
 */
const EVERYONE_MAY_ENTER = 0o755;
const FUNDS_MINOR = 100_000;
const PRICE_MINOR = 950;

const dataDir = mkdtempSync(join(tmpdir(), "steller-joined-"));
let system: System | undefined;
let partners: TestPartner[];

beforeAll(async () => {
  chmodSync(dataDir, EVERYONE_MAY_ENTER);
  system = await startSystem({
    dataDir,
    mode: "services-only",
    env: isolatedVariables(),
    port: 0,
    seed: false,
    log: console.log,
  });
  Object.assign(process.env, system.env);
  for (const { id } of Object.values(magicProducts)) await makeProduct({ id });
});

afterAll(async () => {
  await system?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Placed {
  partner: TestPartner;
  id: string;
}

async function place(partner: TestPartner | undefined, product: keyof typeof magicProducts, quantity: number): Promise<Placed> {
  if (!partner) throw new Error("There is no such partner");
  const input = { lines: [{ productId: magicProducts[product].id, faceMinor: 1_000, quantity }] };
  return { partner, id: orderAcceptedSchema.parse(JSON.parse((await placeOrder(partner.ctx, input, randomUUID())).body)).id };
}

const read = ({ partner, id }: Placed) => getOrder(partner.ctx, id);
const buy = (placed: readonly Placed[]) =>
  buyUntil(async () => (await Promise.all(placed.map(read))).every(({ settledAt }) => settledAt !== null));

async function makePartners(): Promise<void> {
  partners = await Promise.all([1, 2, 3].map(() => makePartner({ fundsMinor: FUNDS_MINOR })));
}

/** How many purchases were made since the last time it was asked, and in what state they ended. */
async function purchases(): Promise<string[]> {
  const { rows } = await db().execute<{ status: string }>(
    sql`select status from dispatches where created_at > ${since}::timestamptz order by created_at`,
  );
  since = new Date().toISOString();
  return rows.map(({ status }) => status);
}
let since = new Date(0).toISOString();

test("sixty orders of three partners are bought in a few purchases, and each gets its own cards", async () => {
  await makePartners();
  const placed: Placed[] = [];
  for (let n = 0; n < 60; n++) placed.push(await place(partners[n % 3], "instant", (n % 3) + 1));
  await buy(placed);
  expect((await purchases()).length).toBeLessThanOrEqual(6);
  const orders = await Promise.all(placed.map(read));
  expect(orders.map(({ status, delivered }) => [status, delivered])).toEqual(placed.map((_, n) => ["completed", (n % 3) + 1]));
  const cards = orders.flatMap(({ cardList }) => cardList.map(({ id }) => id));
  expect(new Set(cards).size).toBe(120);
  for (const [index, partner] of partners.entries())
    expect(await balances(partner.partnerId)).toEqual({ available: FUNDS_MINOR - 20 * (index + 1) * PRICE_MINOR, held: 0 });
});

test("a product at fault is found by halves: its order fails and is paid back, the others get theirs", async () => {
  await makePartners();
  const good = ["instant", "callbackTwice", "callbackEarly"] as const;
  const placed = [
    ...(await Promise.all(good.map((name) => place(partners[0], name, 1)))),
    await place(partners[1], "soldOutAtCheckout", 2),
  ];
  await buy(placed);
  const outcomes = (await Promise.all(placed.map(read))).map(({ status }) => status);
  expect(outcomes).toEqual([...placed.slice(1).map(() => "completed"), "failed"]);
  expect(await balances(partners[1]?.partnerId ?? "")).toEqual({ available: FUNDS_MINOR, held: 0 });
  const made = await purchases();
  expect(made).toContain("rejected");
  // Each halving is a refusal and two parts, of which one goes on.
  expect(made.length).toBeLessThanOrEqual(1 + 2 * Math.ceil(Math.log2(placed.length)));
});

test("a shortage falls on the last claimed, to the cent", async () => {
  await makePartners();
  const placed = [];
  for (const partner of partners) placed.push(await place(partner, "partialFailure", 2));
  await buy(placed);
  expect(await purchases()).toEqual(["settled"]);
  const { rows } = await db().execute<{ order_id: string; quantity: number }>(sql`
    select l.order_id, a.quantity from allocations a join order_lines l on l.id = a.order_line_id
    where l.order_id = any (${sql.param(placed.map(({ id }) => id))}::uuid[]) order by a.position`);
  const orders = await Promise.all(placed.map(read));
  const delivered = rows.map(({ order_id }) => orders.find(({ id }) => id === order_id)?.delivered ?? 0);
  expect(delivered).toEqual([...delivered].sort((a, b) => b - a));
  expect(delivered.at(-1)).toBeLessThan(2);
  for (const [index, partner] of partners.entries()) {
    const { available, held } = await balances(partner.partnerId);
    expect([available, held]).toEqual([FUNDS_MINOR - (orders[index]?.delivered ?? 0) * PRICE_MINOR, 0]);
  }
});

test("where together they want more than there is, those who came first are served", async () => {
  await makePartners();
  await sandbox().setStock(magicProducts.anyAmount.id, 12);
  const placed: Placed[] = [];
  for (let n = 0; n < 5; n++) placed.push(await place(partners[n % 3], "anyAmount", 4));
  await buy(placed);
  await sandbox().setStock(magicProducts.anyAmount.id, null);
  const { rows } = await db().execute<{ order_id: string }>(sql`
    select l.order_id from allocations a join order_lines l on l.id = a.order_line_id join dispatch_lines dl on dl.id = a.dispatch_line_id
    join dispatches d on d.id = dl.dispatch_id where l.order_id = any (${sql.param(placed.map(({ id }) => id))}::uuid[]) order by d.created_at, a.position limit 5`);
  const outcomes = await Promise.all(placed.map(read));
  const inClaimOrder = rows.map(({ order_id }) => outcomes.find(({ id }) => id === order_id)?.status);
  expect(inClaimOrder).toEqual(["completed", "completed", "completed", "failed", "failed"]);
  expect((await purchases()).filter((status) => status === "settled")).toHaveLength(1);
});

test("no limit of the supplier was broken", async () => {
  expect(await sandbox().violations()).toEqual([]);
});

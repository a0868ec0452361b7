import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import pg from "pg";
import { productsPage } from "../lib/catalog/schemas";
import { orderAcceptedSchema, orderSchema } from "../lib/orders/schemas";
import { walletsSchema } from "../lib/wallet/schemas";
import { BambooControl } from "../local/bamboo/control";
import { ROOT } from "../local/up/root";
import { PortalApi } from "./support/portal-api";
import { StartCommand } from "./support/start-command";

// No page is opened here, so the fixture that watches pages is not needed.

const ORDERS = 50;
const CARDS_EACH = 2;
const DATA = ".data/crash";
const POLL_MS = 500;
const MAX_POLLS = 400;

/**
 * Fifty orders, every process killed with -9 while half of them are in flight, then `npm start`: all end completed, and the supplier,
 * the cards and the ledger agree to the cent.
 */
test("fifty orders survive the death of every process", async () => {
  test.setTimeout(360_000);
  rmSync(join(ROOT, DATA), { recursive: true, force: true });
  const system = new StartCommand(DATA);
  try {
    await system.start();
    let api = await signedIn(system);
    const before = await wallet(api);
    const accepted = await placeOrders(api);
    await waitFor(api, accepted, (done) => done >= ORDERS / 3);
    await system.killAll();

    await system.start();
    api = await signedIn(system);
    await waitFor(api, accepted, (done) => done === ORDERS);
    const spent = accepted.reduce((sum, { total }) => sum + total.amountMinor, 0);
    const after = await wallet(api);
    expect(after.held.amountMinor).toBe(0);
    expect(after.available.amountMinor).toBe(before.available.amountMinor - spent);
    await expectTheBooksToAgree(system, spent);
  } finally {
    await system.stop();
  }
});

async function signedIn(system: StartCommand): Promise<PortalApi> {
  const api = new PortalApi(`http://127.0.0.1:${system.ports.portal}`);
  await api.signIn("buyer@northwind.example", system.secrets.demoPassword);
  return api;
}

async function wallet(api: PortalApi) {
  const { items } = walletsSchema.parse(await api.json("GET", "/api/v1/wallets"));
  const [only] = items;
  if (!only) throw new Error("The demo partner has no wallet");
  return only;
}

/** Ordinary products, one each: six orders a minute is all that one product takes. */
async function placeOrders(api: PortalApi) {
  const page = productsPage.parse(
    await api.json("GET", "/api/v1/catalog/products?limit=100&inStock=true&currency=USD&search=card"),
  );
  const more = productsPage.parse(await api.json("GET", "/api/v1/catalog/products?limit=100&inStock=true&currency=EUR"));
  const affordable = [...page.items, ...more.items].filter(
    ({ brand, unavailable, priceMin, stock }) =>
      brand.id !== "900" && !unavailable && priceMin && priceMin.amountMinor < 10_000 && (stock === null || stock >= CARDS_EACH),
  );
  const chosen = affordable.slice(0, ORDERS);
  expect(chosen).toHaveLength(ORDERS);
  return Promise.all(
    chosen.map(async (product) => {
      const body = { lines: [{ productId: product.id, faceMinor: product.faceMin.amountMinor, quantity: CARDS_EACH }] };
      return orderAcceptedSchema.parse(await api.json("POST", "/api/v1/orders", body, { "idempotency-key": randomUUID() }));
    }),
  );
}

async function waitFor(api: PortalApi, accepted: readonly { id: string }[], enough: (done: number) => boolean): Promise<void> {
  const open = new Map(accepted.map(({ id }) => [id, "queued"]));
  for (let poll = 0; poll < MAX_POLLS; poll++) {
    for (const [id, status] of open) {
      if (status === "completed") continue;
      const order = orderSchema.parse(await api.json("GET", `/api/v1/orders/${id}`));
      expect(["failed", "partially_completed", "cancelled"]).not.toContain(order.status);
      open.set(id, order.status);
    }
    const done = [...open.values()].filter((status) => status === "completed").length;
    if (enough(done)) return;
    await sleep(POLL_MS);
  }
  throw new Error(`After ${(MAX_POLLS * POLL_MS) / 1_000} s and more the orders are: ${[...open.values()].join(", ")}`);
}

async function expectTheBooksToAgree(system: StartCommand, spent: number): Promise<void> {
  const { ports, secrets } = system;
  const sandbox = new BambooControl(`http://127.0.0.1:${ports.bamboo}`, secrets.bambooControlToken);
  const bought = await sandbox.orders();
  expect(bought.reduce((sum, { sold }) => sum + sold, 0)).toBe(ORDERS * CARDS_EACH);
  expect(await sandbox.violations()).toEqual([]);
  const client = new pg.Client({
    connectionString: `postgres://steller_owner:${secrets.postgresOwnerPassword}@127.0.0.1:${ports.postgres}/steller`,
  });
  await client.connect();
  try {
    const { rows } = await client.query(`
      select
        (select count(*)::int from cards) as cards,
        (select count(distinct fingerprint)::int from cards) as codes,
        (select sum(amount_minor)::int from transfers where kind = 'capture') as captured,
        (select count(*)::int from transfers where kind = 'release') as releases,
        (select count(*)::int from (select currency from ledger_accounts group by currency having sum(balance_minor) <> 0) off) as unbalanced,
        (select sum(balance_minor)::int from ledger_accounts where kind = 'held') as held`);
    expect(rows[0]).toEqual({
      cards: ORDERS * CARDS_EACH,
      codes: ORDERS * CARDS_EACH,
      captured: spent,
      releases: 0,
      unbalanced: 0,
      held: 0,
    });
  } finally {
    await client.end();
  }
}

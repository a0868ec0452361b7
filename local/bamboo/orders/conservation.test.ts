import { expect, test } from "vitest";
import { type MagicName, magicProducts } from "../magic";
import { pick, randomInteger, seededRandom } from "../random";
import { startTestBamboo } from "../test-kit";

const ORDERS = 150;
const names = Object.keys(magicProducts).filter((name): name is MagicName => name in magicProducts);
const accounts = [901001, 901002, 901003];

test("whatever the orders do, accounts lose exactly what reads and reports say, and nothing stays reserved", async () => {
  const bamboo = await startTestBamboo();
  await bamboo.control.freeze();
  const random = seededRandom(11);
  const line = (): [number, number, number] => [magicProducts[pick(random, names)].id, randomInteger(random, 1, 7), 10];
  for (let order = 0; order < ORDERS; order += 1) {
    const lines = Array.from({ length: randomInteger(random, 1, 3) }, line).filter(
      ([id]) => id !== magicProducts.answersAfter40s.id,
    );
    await bamboo.checkout(lines, pick(random, accounts)).catch(() => "cut");
  }
  await bamboo.control.advance(150_000);
  const [stats, ledger, orders] = [await bamboo.control.stats(), await bamboo.control.ledger(), await bamboo.control.orders()];
  expect(stats.orders.accepted).toBeGreaterThan(ORDERS / 4);
  expect(stats.orders.open).toBe(0);
  for (const account of ledger.accounts) {
    const charges = ledger.charges.filter((charge) => charge.accountId === account.id);
    const spent = charges.reduce((total, charge) => total + Math.round(charge.amount * 10_000), 0);
    expect(Math.round(account.balance * 10_000)).toBe(50_000_000_000 - spent);
    expect(account.reserved).toBe(0);
    expect(charges.at(-1)?.balanceAfter).toBe(account.balance);
  }
  expect(stats.cardsSold).toBe(orders.reduce((total, order) => total + order.sold, 0));
  for (const order of orders) expect(order.charged > 0).toBe(order.sold > 0);
  await bamboo.sandbox.stop();
});

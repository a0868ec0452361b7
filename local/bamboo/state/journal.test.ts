import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BambooControl } from "../control";
import { magicProducts } from "../magic";
import { clientOf, eventually, type OrderAnswer, startReceiver, startTestBamboo, testCredentials, usd } from "../test-kit";

const { instant, afterTenSeconds, partialFailure } = magicProducts;

let dataDir: string;
let processes: ChildProcess[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "bamboo-"));
  processes = [];
});
afterEach(() => {
  for (const process of processes) process.kill("SIGKILL");
  rmSync(dataDir, { recursive: true });
});

const journal = () => join(dataDir, "bamboo.jsonl");

describe("after a stop and a start", () => {
  test("everything is as it was: orders, codes, balances, stock, prices, rates, settings, violations, time", async () => {
    const first = await startTestBamboo({ dataDir });
    await first.api("/v1/notification", { method: "POST", body: { notificationUrl: "https://a.example", secretKey: "s" } });
    await first.control.setStock(instant.id, 50);
    await first.control.setPrice(afterTenSeconds.id, 7.77);
    await first.control.setRate("EUR", 0.5);
    await first.control.setAccount({ id: 7, currency: "GBP", balance: 1.5 });
    const { requestId } = await first.checkout([[instant.id, 2, 10]]);
    await first.api("/v1.0/accounts");
    await first.api("/v1.0/accounts");
    await first.control.advance(3_600_000);
    const before = await everything(first, requestId);
    await first.sandbox.stop();
    const second = await startTestBamboo({ dataDir });
    expect(await everything(second, requestId)).toEqual(before);
    expect((await second.control.stats()).nowMs - Date.now()).toBeGreaterThan(3_500_000);
    await second.sandbox.stop();
  });

  test("a journal that has grown large is rewritten, and says the same", async () => {
    const first = await startTestBamboo({ dataDir });
    const { requestId } = await first.checkout([
      [instant.id, 3, 10],
      [partialFailure.id, 3, 10],
    ]);
    await first.control.setStock(instant.id, 9);
    await first.control.advance(2_000);
    const before = await everything(first, requestId);
    await first.sandbox.stop();
    const padding = `${JSON.stringify({ t: "rate", currency: "EUR", perUsd: null })}\n`;
    appendFileSync(journal(), padding.repeat(Math.ceil((17 * 1024 * 1024) / padding.length)));
    const second = await startTestBamboo({ dataDir });
    expect(statSync(journal()).size).toBeLessThan(100_000);
    expect(await everything(second, requestId)).toEqual(before);
    const later = await second.checkout([[instant.id, 1, 10]]);
    await second.sandbox.stop();
    const third = await startTestBamboo({ dataDir });
    expect((await third.control.orders()).map((order) => order.requestId)).toEqual([requestId, later.requestId]);
    await third.sandbox.stop();
  });

  test("a last line that was cut off is dropped", async () => {
    const first = await startTestBamboo({ dataDir });
    const { requestId } = await first.checkout([[instant.id, 1, 10]]);
    await first.sandbox.stop();
    const whole = readFileSync(journal(), "utf8");
    writeFileSync(journal(), `${whole}{"t":"accepted","order":{"orderId":1`);
    const second = await startTestBamboo({ dataDir });
    expect((await second.control.orders()).map((order) => order.requestId)).toEqual([requestId]);
    await second.control.setBalance(usd, 1);
    await second.sandbox.stop();
    const third = await startTestBamboo({ dataDir });
    expect((await third.control.ledger()).accounts[0]?.balance).toBe(1);
    await third.sandbox.stop();
  });
});

describe("a data folder of another catalogue", () => {
  test("is refused with what to do", async () => {
    await (await startTestBamboo({ dataDir })).sandbox.stop();
    await expect(startTestBamboo({ dataDir, seed: 5 })).rejects.toThrow(/seed 20261123 and 12 brands.*another folder/);
  });
});

describe("after a kill -9", () => {
  test("every order that was answered is still there, and no money is lost", async () => {
    const first = await launch();
    const answered: string[] = [];
    const burst = Array.from({ length: 40 }, async (_, index) => {
      const answer = await first.checkout([[index % 2 ? instant.id : partialFailure.id, 3, 10]]).catch(() => null);
      if (answer?.status === 200) answered.push(answer.requestId);
      if (answered.length === 15) first.process.kill("SIGKILL");
    });
    await Promise.all(burst);
    expect(answered.length).toBeGreaterThanOrEqual(15);
    const second = await launch();
    await second.control.advance(2_000);
    const orders = await second.control.orders();
    const kept = new Set(orders.map((order) => order.requestId));
    expect(answered.filter((requestId) => !kept.has(requestId))).toEqual([]);
    const charged = orders.reduce((total, order) => total + order.charged, 0);
    expect((await second.control.ledger()).accounts[0]).toMatchObject({ balance: 5_000_000 - charged, reserved: 0 });
    const cardIds = orders.flatMap((order) => order.items.flatMap((item) => item.cardIds));
    expect(new Set(cardIds).size).toBe(cardIds.length);
  });

  test("an open order goes on, is charged once, and its callback is sent", async () => {
    const receiver = await startReceiver();
    const first = await launch();
    await first.api("/v1/notification", {
      method: "POST",
      body: { notificationUrl: "https://a.example", notificationUrlSandbox: receiver.url, secretKey: "s" },
    });
    const script = { kind: "delayed", afterMs: 700 } as const;
    await first.control.addFault({ endpoint: "checkout", act: { kind: "script", script } });
    const { requestId } = await first.checkout([[afterTenSeconds.id, 2, 10]]);
    first.process.kill("SIGKILL");
    const second = await launch();
    expect((await second.control.order(requestId)).wanted).toBe(2);
    await eventually("the callback", () => receiver.received.length > 0);
    const order = (await second.api<OrderAnswer>(`/v1.0/orders/${requestId}`)).body;
    expect([order.status, order.total, order.items[0]?.cards.length]).toEqual(["Succeeded", 18, 2]);
    expect((await second.control.ledger()).accounts[0]).toMatchObject({ balance: 4_999_982, reserved: 0 });
    second.process.kill("SIGKILL");
    const third = await launch();
    expect((await third.api<OrderAnswer>(`/v1.0/orders/${requestId}`)).body).toEqual(order);
    expect(receiver.received).toHaveLength(1);
    third.process.stdin?.end();
    expect(await exitCode(third.process)).toBe(0);
    await receiver.stop();
  });
});

async function everything(bamboo: Pick<Awaited<ReturnType<typeof startTestBamboo>>, "api" | "control">, requestId: string) {
  const { count, items } = (await bamboo.api<{ count: number; items: { products: unknown[] }[] }>("/v2/catalog?PageSize=1")).body;
  return {
    order: (await bamboo.api(`/v1.0/orders/${requestId}`)).body,
    ledger: await bamboo.control.ledger(),
    violations: (await bamboo.control.violations()).slice(0, 1),
    notification: (await bamboo.api("/v1/notification")).body,
    rate: (await bamboo.api("/v1.0/exchange-rates?currency=EUR")).body,
    count,
    products: items[0]?.products,
  };
}

async function launch() {
  const main = fileURLToPath(new URL("../main.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", main, "--data", dataDir, "--brands", "5", "--stop-on-stdin-end"], {
    env: {
      ...process.env,
      BAMBOO_CLIENT_ID: testCredentials.clientId,
      BAMBOO_CLIENT_SECRET: testCredentials.clientSecret,
      BAMBOO_CONTROL_TOKEN: testCredentials.controlToken,
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  processes.push(child);
  const line = await new Promise<string>((resolve) =>
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString("utf8"))),
  );
  const { ready, port } = JSON.parse(line);
  expect(ready).toBe(true);
  const url = `http://127.0.0.1:${port}`;
  const control = new BambooControl(url, testCredentials.controlToken);
  await control.setModes({ limitsEnforced: false });
  return { process: child, control, ...clientOf(url) };
}

function exitCode(child: ChildProcess): Promise<number | null> {
  return child.exitCode !== null ? Promise.resolve(child.exitCode) : new Promise((resolve) => child.once("exit", resolve));
}

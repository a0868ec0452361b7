import { createServer } from "node:http";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { dispatches } from "@/drizzle/schema";
import { sleep } from "@/lib/clock";
import { advanceDispatch, hintDispatch } from "@/lib/dispatch";
import { env } from "@/lib/env";
import type { BambooEvent } from "@/lib/webhooks";
import { magicProducts } from "@/local/bamboo/magic";
import { sandbox } from "@/local/testing/factories";
import { claimed } from "@/local/testing/model/purchases";
import { bambooWebhook } from "./bamboo-webhook";

const TIMEOUT_MS = 60_000;
const MAX_POST_TURNS = 20;

/** What the sandbox's webhooks came to, as app/api/bamboo/webhook takes them. */
const taken: { event: BambooEvent; messageId: string }[] = [];
const statuses: number[] = [];
const server = createServer(async (incoming, outgoing) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const request = new Request("http://127.0.0.1/api/bamboo/webhook", { method: "POST", headers, body: Buffer.concat(chunks) });
  const answer = await bambooWebhook(request, async (event, messageId) => {
    taken.push({ event, messageId });
    if (event.kind === "order_completed") await hintDispatch(event.requestId);
  });
  statuses.push(answer.status);
  outgoing.writeHead(answer.status).end();
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  await sandbox().setWebhook(`http://127.0.0.1:${port}/api/bamboo/webhook`, env().BAMBOO_WEBHOOK_SECRET ?? "");
});

afterEach(async () => {
  await sandbox().setModes({ webhook: "normal", webhookHeaders: "svix" });
});

afterAll(async () => {
  await sandbox().setWebhook(`${env().APP_URL}/api/bamboo/webhook`, env().BAMBOO_WEBHOOK_SECRET ?? "");
  await new Promise((resolve) => server.close(resolve));
});

test(
  "an order that is over is hinted by the webhook that the supplier signed",
  async () => {
    const { dispatchId } = await claimed(1, magicProducts.priceMoves.id);
    const row = async () => (await db().select().from(dispatches).where(eq(dispatches.id, dispatchId)))[0];
    for (let turn = 0; turn < MAX_POST_TURNS && (await row())?.status === "prepared"; turn++) {
      const advanced = await advanceDispatch(dispatchId);
      if (advanced.kind === "wait" && (await row())?.status === "prepared") await sleep(advanced.waitMs);
    }
    await expect.poll(async () => (await row())?.calledBackAt, { timeout: 5_000 }).toBeInstanceOf(Date);
    expect(taken.map(({ event }) => event)).toContainEqual({ kind: "order_completed", requestId: dispatchId });
    expect(await advanceDispatch(dispatchId)).toEqual({ kind: "done" });
    expect((await row())?.reads).toBe(1);
  },
  TIMEOUT_MS,
);

test.each(["svix", "webhook"] as const)(
  "changed products are told, in the spelling of %s; a replay has the same id",
  async (webhookHeaders) => {
    await sandbox().setModes({ webhook: "replay", webhookHeaders });
    const before = taken.length;
    await sandbox().announceProducts([1, 2]);
    const told = () => taken.slice(before).filter(({ event }) => event.kind === "products_updated");
    await expect.poll(() => told().length, { timeout: 5_000 }).toBe(2);
    expect(new Set(told().map(({ messageId }) => messageId)).size).toBe(1);
  },
);

test.each(["stale", "wrongSecret"] as const)("a message that is %s is refused", async (webhook) => {
  await sandbox().setModes({ webhook });
  const [before, refused] = [taken.length, statuses.filter((status) => status === 401).length];
  await sandbox().announceProducts([1]);
  await expect.poll(() => statuses.filter((status) => status === 401).length, { timeout: 5_000 }).toBeGreaterThan(refused);
  expect(taken.slice(before).filter(({ event }) => event.kind === "products_updated")).toEqual([]);
});

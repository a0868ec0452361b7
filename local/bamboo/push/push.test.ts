import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MagicName, magicProducts } from "../magic";
import { eventually, type Received, startReceiver, startTestBamboo, type TestBamboo } from "../test-kit";

const SECRET = `whsec_${Buffer.from("a secret of thirty-two bytes....").toString("base64")}`;
const OTHER_SECRET = `whsec_${Buffer.from("another secret of 32 bytes......").toString("base64")}`;
const CALLBACK_SECRET = "a-long-random-value";

let bamboo: TestBamboo;
let callbacks: Awaited<ReturnType<typeof startReceiver>>;
let webhooks: Awaited<ReturnType<typeof startReceiver>>;
beforeEach(async () => {
  [callbacks, webhooks] = [await startReceiver(), await startReceiver()];
  bamboo = await startTestBamboo({ webhookUrl: webhooks.url, webhookSecret: SECRET });
  await bamboo.control.freeze();
  await listenFor(callbacks.url);
});
afterEach(async () => {
  await bamboo.sandbox.stop();
  await Promise.all([callbacks.stop(), webhooks.stop()]);
});

const listenFor = (notificationUrlSandbox: string, notificationUrl = "https://shop.example/live") =>
  bamboo.api("/v1/notification", {
    method: "POST",
    body: { notificationUrl, notificationUrlSandbox, secretKey: CALLBACK_SECRET },
  });
const buy = async (name: MagicName, quantity = 1) => (await bamboo.checkout([[magicProducts[name].id, quantity, 10]])).requestId;
const bodies = (received: Received[]) => received.map((entry) => JSON.parse(entry.body));
const arrive = (count: number, from = callbacks) => eventually(`${count} pushes`, () => from.received.length >= count);
/** Long enough for a push that should not come to come. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 60));

describe("the notification settings", () => {
  test("are echoed, read back with the secret, and cleared where left out", async () => {
    const read = await bamboo.api<Record<string, string>>("/v1.0/Notification");
    expect(read.body).toEqual({
      notificationUrl: "https://shop.example/live",
      notificationUrlSandbox: callbacks.url,
      secretKey: CALLBACK_SECRET,
    });
    const set = await bamboo.api("/v1/notification", { method: "POST", body: { NotificationUrl: "https://shop.example/x" } });
    expect(set.body).toEqual({ notificationUrl: "https://shop.example/x", notificationUrlSandbox: "", secretKey: "" });
  });
});

describe("the callback", () => {
  test("comes once the order is final, with the secret and without cards", async () => {
    const requestId = await buy("afterTenSeconds", 2);
    await bamboo.control.advance(9_999);
    expect(callbacks.received).toEqual([]);
    await bamboo.control.advance(1);
    await arrive(1);
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{16}$/);
    expect(bodies(callbacks.received)).toEqual([
      {
        orderId: expect.any(Number),
        status: "succeeded",
        totalCards: 2,
        createdOn: time,
        completedOn: time,
        secretKey: CALLBACK_SECRET,
        requestId,
      },
    ]);
  });

  test("is lost, doubled or late as the product says", async () => {
    await buy("callbackNeverComes");
    await bamboo.control.advance(2_000);
    await settle();
    expect([callbacks.received.length, webhooks.received.length]).toEqual([0, 0]);
    await buy("callbackTwice");
    await bamboo.control.advance(2_000);
    await arrive(2);
    const [first, second] = bodies(callbacks.received);
    expect(first).toEqual(second);
    await buy("callbackLate");
    await bamboo.control.advance(29_000);
    await settle();
    expect(callbacks.received).toHaveLength(2);
    await bamboo.control.advance(2_501);
    await arrive(3);
  });

  test("comes too early, or forged", async () => {
    const early = await buy("callbackEarly");
    await bamboo.control.advance(1_000);
    await arrive(1);
    expect(bodies(callbacks.received)[0].status).toBe("succeeded");
    expect((await bamboo.control.order(early)).final).toBe(false);
    await buy("callbackForged");
    await bamboo.control.advance(100);
    await arrive(2);
    expect(bodies(callbacks.received)[1]).toMatchObject({ status: "succeeded", secretKey: "not-the-secret" });
    await bamboo.control.advance(2_900);
    await arrive(3);
    expect(bodies(callbacks.received)[2]).toMatchObject({ status: "failed", secretKey: CALLBACK_SECRET });
  });

  test("is not tried again after a failure, and not sent when switched off", async () => {
    callbacks.status = 500;
    await buy("instant");
    await arrive(1);
    await bamboo.control.advance(86_400_000);
    await settle();
    expect(callbacks.received).toHaveLength(1);
    await listenFor(callbacks.url, "");
    await buy("instant");
    await settle();
    expect(callbacks.received).toHaveLength(1);
    expect((await bamboo.control.stats()).pushes).toMatchObject({ callbacks: 1, callbackFailures: 1 });
  });

  test("follows the mode for all orders", async () => {
    await bamboo.control.setModes({ callback: "duplicate" });
    await buy("instant");
    await bamboo.control.advance(500);
    await arrive(2);
  });
});

describe("the signed webhook", () => {
  test("carries a valid signature and no cards", async () => {
    const requestId = await buy("instant");
    await arrive(1, webhooks);
    const [message] = webhooks.received;
    expect(JSON.parse(message?.body ?? "")).toEqual({ eventType: "ordercompleted.v1", requestId, orderId: expect.any(Number) });
    expect(signaturesMatch(message, SECRET)).toEqual([true]);
    expect(message?.headers["svix-id"]).toMatch(/^msg_/);
    const { nowMs } = await bamboo.control.stats();
    expect(Math.abs(Number(message?.headers["svix-timestamp"]) - nowMs / 1000)).toBeLessThan(2);
  });

  test("carries two signatures for 24 hours after a rotation", async () => {
    await bamboo.control.rotateWebhookSecret(OTHER_SECRET);
    await buy("instant");
    await arrive(1, webhooks);
    expect(signaturesMatch(webhooks.received[0], SECRET)).toEqual([false, true]);
    expect(signaturesMatch(webhooks.received[0], OTHER_SECRET)).toEqual([true, false]);
    await bamboo.control.advance(86_400_000);
    await buy("instant");
    await arrive(2, webhooks);
    expect(signaturesMatch(webhooks.received[1], OTHER_SECRET)).toEqual([true]);
  });

  test("is stale, signed with a wrong secret, or replayed as the mode says", async () => {
    await bamboo.control.setModes({ webhook: "stale", webhookHeaders: "webhook" });
    await buy("instant");
    await arrive(1, webhooks);
    const { nowMs } = await bamboo.control.stats();
    expect(nowMs / 1000 - Number(webhooks.received[0]?.headers["webhook-timestamp"])).toBeGreaterThan(300);
    await bamboo.control.setModes({ webhook: "wrongSecret", webhookHeaders: "svix" });
    await buy("instant");
    await arrive(2, webhooks);
    expect(signaturesMatch(webhooks.received[1], SECRET)).toEqual([false]);
    await bamboo.control.setModes({ webhook: "replay" });
    await buy("instant");
    await arrive(4, webhooks);
    expect(webhooks.received[3]).toEqual(webhooks.received[2]);
  });

  test("is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h with the same id, then no more", async () => {
    webhooks.status = 302;
    await buy("instant");
    await arrive(1, webhooks);
    const waits = [5, 300, 1800, 7200, 18_000, 36_000, 36_000];
    for (const [index, seconds] of waits.entries()) {
      await eventually("the failure is noted", async () => (await bamboo.control.stats()).pushes.webhooks === index + 1);
      await bamboo.control.advance(seconds * 1000 - 1);
      await settle();
      expect(webhooks.received).toHaveLength(index + 1);
      await bamboo.control.advance(1);
      await arrive(index + 2, webhooks);
    }
    expect(new Set(webhooks.received.map((message) => message.headers["svix-id"])).size).toBe(1);
    await eventually("it is given up", async () => (await bamboo.control.stats()).pushes.waiting === 0);
  });

  test("stops an endpoint that has failed for five days", async () => {
    webhooks.status = 500;
    await buy("instant");
    await eventually("a failure", async () => (await bamboo.control.stats()).pushes.webhookFailures >= 1);
    await bamboo.control.setModes({ webhook: "lost" });
    for (let day = 0; day < 5; day += 1) await bamboo.control.advance(86_400_000);
    await bamboo.control.setModes({ webhook: "normal" });
    await buy("instant");
    await eventually("it is switched off", async () => (await bamboo.control.stats()).pushes.webhookDisabled);
  });

  test("tells of products that were changed, but not of rates", async () => {
    await bamboo.control.setRate("EUR", 0.9);
    await bamboo.control.setStock(magicProducts.instant.id, 5);
    await arrive(1, webhooks);
    expect(bodies(webhooks.received)).toEqual([{ eventType: "productupdated.v1", products: [{ id: magicProducts.instant.id }] }]);
    await bamboo.control.announceProducts([1, 2]);
    await arrive(2, webhooks);
    await bamboo.control.setWebhook(null, null);
    await bamboo.control.setStock(magicProducts.instant.id, null);
    await settle();
    expect(webhooks.received).toHaveLength(2);
  });
});

function signaturesMatch(message: Received | undefined, secret: string): boolean[] {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const headers = message?.headers ?? {};
  const signed = `${headers["svix-id"]}.${headers["svix-timestamp"]}.${message?.body}`;
  const expected = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  return String(headers["svix-signature"])
    .split(" ")
    .map((signature) => signature === expected);
}

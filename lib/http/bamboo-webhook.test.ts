import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { COMPLETE_ENV } from "@/lib/env.fixture";
import type { BambooEvent } from "@/lib/webhooks";

const SECRET = `whsec_${Buffer.from("a secret of thirty-two bytes....").toString("base64")}`;
const ID = "0b9f1c52-6f0e-4a53-8a0a-3d4b1f2a7c11";
const completed = { eventType: "ordercompleted.v1", requestId: ID.toUpperCase(), orderId: 1 };

/** The cache's address leads nowhere, so the limit is that of the process. */
async function edge(secret?: string) {
  vi.resetModules();
  for (const [name, value] of Object.entries({ ...COMPLETE_ENV, BAMBOO_WEBHOOK_SECRET: secret ?? "" })) vi.stubEnv(name, value);
  const { bambooWebhook } = await import("./bamboo-webhook");
  const taken: [BambooEvent, string][] = [];
  const send = (init: RequestInit) =>
    bambooWebhook(new Request("http://127.0.0.1/api/bamboo/webhook", { method: "POST", ...init }), async (event, messageId) => {
      taken.push([event, messageId]);
    });
  return { send, taken };
}

function signed(body: string, { id = "msg_1", secret = SECRET, ageSeconds = 0 } = {}): RequestInit {
  const timestamp = String(Math.floor(Date.now() / 1_000) - ageSeconds);
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { body, headers: { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": `v1,${signature}` } };
}

beforeEach(() => () => vi.unstubAllEnvs());

describe("the supplier's webhook", () => {
  test("passes a signed event on with the id of its message, and answers without a body", async () => {
    const { send, taken } = await edge(SECRET);
    const answer = await send(signed(JSON.stringify(completed)));
    expect([answer.status, await answer.text()]).toEqual([204, ""]);
    expect(taken).toEqual([[{ kind: "order_completed", requestId: ID }, "msg_1"]]);
  });

  test("answers an event that it does not know as taken: sending it again would not help", async () => {
    const { send, taken } = await edge(SECRET);
    for (const body of [JSON.stringify({ eventType: "brandretired.v1" }), "not JSON"])
      expect((await send(signed(body))).status).toBe(204);
    expect(taken.map(([{ kind }]) => kind)).toEqual(["other", "other"]);
  });

  test("refuses what is not signed, is old, or is signed by another, before it reads it", async () => {
    const { send, taken } = await edge(SECRET);
    const other = `whsec_${Buffer.from("another secret of 32 bytes......").toString("base64")}`;
    const body = JSON.stringify(completed);
    for (const init of [{ body }, signed(body, { ageSeconds: 301 }), signed(body, { secret: other })]) {
      const answer = await send(init);
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain(SECRET);
    }
    expect(taken).toEqual([]);
  });

  test("refuses a body beyond all events", async () => {
    const { send } = await edge(SECRET);
    expect((await send(signed(`"${"a".repeat(300 * 1_024)}"`))).status).toBe(413);
  });

  test("says what is missing where no secret is set, and takes nothing", async () => {
    const { send, taken } = await edge();
    const answer = await send(signed(JSON.stringify(completed)));
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: "unavailable", detail: expect.stringContaining("BAMBOO_WEBHOOK_SECRET") });
    expect(taken).toEqual([]);
  });
});

import { createHash } from "node:crypto";
import type { Sandbox } from "../sandbox";
import type { Push } from "../state/state";
import { post } from "./post";
import { signMessage } from "./sign";

const TIMEOUT_MS = 15_000;
const STALE_BY_SECONDS = 20 * 60;
const WRONG_SECRET = `whsec_${Buffer.from("this is not the secret of anyone").toString("base64")}`;

/** Sends one signed attempt of a webhook. The message id is the same on every attempt. */
export async function sendWebhook(sandbox: Sandbox, push: Push, signal: AbortSignal): Promise<boolean> {
  const { webhook, clock, modes } = sandbox;
  if (!webhook.url || webhook.disabled) return false;
  const body = JSON.stringify(payloadOf(sandbox, push));
  const id = messageId(sandbox, push);
  const timestamp = Math.floor(clock.now() / 1000) - (push.mode === "stale" ? STALE_BY_SECONDS : 0);
  const secrets = push.mode === "wrongSecret" ? [WRONG_SECRET] : webhook.validSecrets(clock.now());
  const prefix = modes.webhookHeaders;
  const headers = {
    [`${prefix}-id`]: id,
    [`${prefix}-timestamp`]: String(timestamp),
    [`${prefix}-signature`]: signMessage(secrets, id, timestamp, body),
  };
  const request = { url: webhook.url, body, headers, timeoutMs: TIMEOUT_MS, signal, log: sandbox.log };
  const success = await post(request);
  if (success && push.mode === "replay") await post(request);
  webhook.note(success, clock.now());
  return success;
}

function payloadOf(sandbox: Sandbox, push: Push): unknown {
  if (push.requestId === null) return { eventType: "productupdated.v1", products: push.productIds.map((id) => ({ id })) };
  const order = sandbox.world.state.orders.get(push.requestId.toLowerCase());
  return { eventType: "ordercompleted.v1", requestId: push.requestId, orderId: order?.orderId };
}

function messageId(sandbox: Sandbox, push: Push): string {
  const hash = createHash("sha256").update(`${sandbox.world.state.cardKey} message ${push.id}`).digest("base64url");
  return `msg_${hash.replace(/[-_]/g, "").slice(0, 27)}`;
}

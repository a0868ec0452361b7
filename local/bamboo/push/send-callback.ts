import { wireTime } from "../clock";
import { outcomeOf } from "../orders/outcome";
import type { Sandbox } from "../sandbox";
import type { Push } from "../state/state";
import { post } from "./post";

const TIMEOUT_MS = 15_000;

/** Sends the notification about an order once; whatever comes back, there is no second attempt. */
export async function sendCallback(sandbox: Sandbox, push: Push, signal: AbortSignal): Promise<boolean> {
  const settings = sandbox.world.state.notification;
  const order = push.requestId === null ? undefined : sandbox.world.state.orders.get(push.requestId.toLowerCase());
  if (!order || !settings?.notificationUrl || !settings.notificationUrlSandbox) return false;
  const outcome = outcomeOf(order);
  const status = push.mode === "forged" ? "Succeeded" : (order.settled?.status ?? outcome.status);
  const body = JSON.stringify({
    orderId: order.orderId,
    status: status.toLowerCase(),
    totalCards: outcome.wanted,
    createdOn: wireTime(order.createdAtMs),
    completedOn: wireTime(order.settled?.atMs ?? sandbox.clock.now()),
    secretKey: push.mode === "forged" ? "not-the-secret" : settings.secretKey,
    requestId: order.requestId,
  });
  return post({ url: settings.notificationUrlSandbox, body, headers: {}, timeoutMs: TIMEOUT_MS, signal, log: sandbox.log });
}

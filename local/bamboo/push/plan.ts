import type { OrderRecord } from "../orders/types";
import type { Sandbox } from "../sandbox";
import type { Push, PushMode } from "../state/state";

const FORGED_AFTER_MS = 100;
const EARLY_AT_MOST_MS = 1000;
const DUPLICATE_AFTER_MS = 500;

/** The callbacks and webhooks that follow from an order's acceptance or from its end. None where nobody listens. */
export function planPushes(sandbox: Sandbox, order: OrderRecord, phase: "accepted" | "settled"): Push[] {
  const callbacks = sandbox.world.state.notification?.notificationUrl ? callbackTimes(sandbox, order, phase) : [];
  const webhooks = sandbox.webhook.url && phase === "settled" ? webhookTimes(sandbox, order) : [];
  return [
    ...callbacks.map((entry) => ({ ...entry, channel: "callback" as const })),
    ...webhooks.map((entry) => ({ ...entry, channel: "webhook" as const })),
  ].map((entry, index) => ({
    ...entry,
    id: sandbox.world.state.nextPushId + index,
    tries: 0,
    requestId: order.requestId,
    productIds: [],
  }));
}

type Time = Pick<Push, "mode" | "dueAtMs">;

function callbackTimes(sandbox: Sandbox, order: OrderRecord, phase: "accepted" | "settled"): Time[] {
  const mode = order.callback?.mode ?? sandbox.modes.callback;
  if (phase === "accepted") {
    if (mode === "forged") return [{ mode, dueAtMs: order.createdAtMs + FORGED_AFTER_MS }];
    const earlyMs = Math.min(EARLY_AT_MOST_MS, (order.finalAtMs - order.createdAtMs) / 4);
    return mode === "early" ? [{ mode, dueAtMs: order.createdAtMs + earlyMs }] : [];
  }
  const now = sandbox.clock.now();
  const normal = (delayMs: number): Time => ({ mode: "normal", dueAtMs: now + delayMs });
  switch (mode) {
    case "lost":
    case "early":
      return [];
    case "duplicate":
      return [normal(0), normal(DUPLICATE_AFTER_MS)];
    case "late":
      return [normal(order.callback?.delayMs ?? sandbox.modes.callbackDelayMs)];
    default:
      return [normal(0)];
  }
}

function webhookTimes(sandbox: Sandbox, order: OrderRecord): Time[] {
  const mode = order.webhook ?? sandbox.modes.webhook;
  return mode === "lost" ? [] : [{ mode: pushModeOf(mode), dueAtMs: sandbox.clock.now() }];
}

export function pushModeOf(mode: "normal" | "replay" | "stale" | "wrongSecret"): PushMode {
  return mode;
}

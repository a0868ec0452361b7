import type { Sandbox } from "../sandbox";
import type { Push } from "../state/state";
import { pushModeOf } from "./plan";
import { sendCallback } from "./send-callback";
import { sendWebhook } from "./send-webhook";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** Svix: how long after each failure the next attempt comes; after the last there is none. */
export const webhookRetriesMs = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  10 * HOUR_MS,
] as const;

/** Sends what is due, when it is due. What a crash left unsent is sent after the next start. */
export class PushQueue {
  readonly counts = { callbacks: 0, callbackFailures: 0, webhooks: 0, webhookFailures: 0 };
  private readonly stopped = new AbortController();
  private readonly sending = new Set<Promise<void>>();

  constructor(private readonly sandbox: Sandbox) {}

  schedule(pushes: readonly Push[]): void {
    for (const push of pushes) this.sandbox.clock.at(push.dueAtMs, () => this.start(push.id));
  }

  scheduleAll(): void {
    this.schedule([...this.sandbox.world.state.pushes.values()]);
  }

  /** Tells the webhook endpoint that products have changed, as the mode for webhooks says. */
  announceProducts(productIds: readonly number[]): void {
    const { modes, webhook, world, clock } = this.sandbox;
    if (!webhook.url || modes.webhook === "lost") return;
    const push: Push = {
      id: world.state.nextPushId,
      channel: "webhook",
      mode: pushModeOf(modes.webhook),
      dueAtMs: clock.now(),
      tries: 0,
      requestId: null,
      productIds: [...productIds],
    };
    this.sandbox.record({ t: "pushes", pushes: [push] });
    this.schedule([push]);
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await Promise.allSettled(this.sending);
  }

  private start(id: number): void {
    const work = this.send(id).finally(() => this.sending.delete(work));
    this.sending.add(work);
  }

  private async send(id: number): Promise<void> {
    const push = this.sandbox.world.state.pushes.get(id);
    if (!push || this.stopped.signal.aborted) return;
    const success = await (push.channel === "callback" ? sendCallback : sendWebhook)(this.sandbox, push, this.stopped.signal);
    if (this.stopped.signal.aborted || !this.sandbox.world.state.pushes.has(id)) return;
    this.count(push.channel, success);
    const retryMs =
      success || push.channel === "callback" || this.sandbox.webhook.disabled ? undefined : webhookRetriesMs[push.tries];
    const nextDueAtMs = retryMs === undefined ? null : this.sandbox.clock.now() + retryMs;
    this.sandbox.record({ t: "pushTried", id, nextDueAtMs });
    if (nextDueAtMs !== null) this.sandbox.clock.at(nextDueAtMs, () => this.start(id));
  }

  private count(channel: Push["channel"], success: boolean): void {
    const name = channel === "callback" ? "callback" : "webhook";
    this.counts[`${name}s`] += 1;
    if (!success) this.counts[`${name}Failures`] += 1;
  }
}

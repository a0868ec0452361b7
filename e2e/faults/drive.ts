import { sendEvents } from "@/inngest/client";
import { advanceDispatch, drain, findStalled } from "@/lib/dispatch";
import { cancelOrder, placeOrder } from "@/lib/orders";
import { type OutboxEvent, relayOutbox } from "@/lib/outbox";
import { makePartner, makeProduct } from "@/local/testing/factories";
import type { FromDriven, Results, Task, ToDriven } from "./support/tasks";

/**
 * The product's verbs in a process of their own, to be killed at any await. It does what the route handlers and the durable functions do,
 * and is itself the queue behind them: what the outbox sent it takes up at once, after the event API took it too.
 */

const MAX_EVENTS = 200;
const MAX_TURNS = 60;
/** Patience with one purchase. */
const MAX_WAIT_MS = 120_000;

process.on("disconnect", () => process.exit());
process.on("message", (message: ToDriven) => {
  if (message.kind === "passed") return passed?.();
  if (message.kind !== "task") return;
  perform(message.task).then(
    (result) => tell({ kind: "done", result }),
    (error: unknown) => tell({ kind: "threw", error: error instanceof Error ? inWords(error) : String(error) }),
  );
});

function perform(task: Task): Promise<Results[Task["kind"]]> {
  switch (task.kind) {
    case "prepare":
      return prepare(task.productIds, task.fundsMinor);
    case "accept":
      return placeOrder(task.ctx, task.input, task.key);
    case "order":
      return order(task);
    case "cancel":
      return cancelOrder(task.ctx, task.orderId).then(() => follow([]));
    case "buy":
      return buyOnce().then(() => null);
    case "follow":
      return follow([]);
    case "sweep":
      return sweep();
  }
}

async function prepare(productIds: readonly number[], fundsMinor: number): Promise<Results["prepare"]> {
  for (const id of productIds) await makeProduct({ id });
  return (await makePartner({ fundsMinor })).ctx;
}

async function order({ ctx, input, key }: Extract<Task, { kind: "order" }>): Promise<null> {
  const { body } = await placeOrder(ctx, input, key);
  tell({ kind: "answered", body });
  return follow([]);
}

async function sweep(): Promise<Results["sweep"]> {
  const nudged = await findStalled();
  await follow(nudged);
  return { nudged };
}

/** Does what the durable functions do on these events and on those that come of it, until there are no more. */
async function follow(events: readonly OutboxEvent[]): Promise<null> {
  const waiting: { name: string; data: Record<string, string> }[] = [...events];
  const relay = () =>
    relayOutbox(async (sent) => {
      await sendEvents(sent);
      waiting.push(...sent);
    });
  await relay();
  for (let handled = 0; handled < MAX_EVENTS; handled++) {
    const event = waiting.shift();
    if (!event) return null;
    if (event.name === "orders/queued") await buy(relay);
    if (event.data.dispatchId !== undefined) await settle(event.data.dispatchId, relay);
  }
  throw new Error(`More than ${MAX_EVENTS} events came of it`);
}

/** As the function dispatch-orders. */
async function buy(relay: () => Promise<unknown>): Promise<void> {
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const { dispatches, next } = await buyOnce();
    if (dispatches > 0) await relay();
    if (next.kind === "empty") return;
    if (next.kind !== "more") await pass(next.waitMs);
  }
  throw new Error(`The queue is not empty after ${MAX_TURNS} turns`);
}

/** One turn of the budget; any wait is the caller's. */
const buyOnce = () => drain({ forMs: 1, patienceMs: 0 });

/** As the function settle-dispatch, without a callback; what stays open is left to the sweep. */
async function settle(dispatchId: string, relay: () => Promise<unknown>): Promise<void> {
  for (let waitedMs = 0; waitedMs < MAX_WAIT_MS; ) {
    const advanced = await advanceDispatch(dispatchId);
    if (advanced.kind === "done") {
      await relay();
      return;
    }
    // At least one, so that turns without a wait end too.
    const waitMs = Math.max(advanced.waitMs, 1);
    waitedMs += waitMs;
    await pass(waitMs);
  }
}

let passed: (() => void) | undefined;

/** Has so much time pass for everybody, so that nobody sits it out. */
function pass(waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    passed = resolve;
    tell({ kind: "waits", waitMs });
  });
}

function tell(message: FromDriven): void {
  process.send?.(message);
}

function inWords(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${inWords(error.cause)}` : "";
  return `${error.stack ?? error.message}${cause}`;
}

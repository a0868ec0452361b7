import { randomUUID } from "node:crypto";
import { Ratelimit } from "@upstash/ratelimit";
import { z } from "zod";
import { sleep } from "@/lib/clock";
import { redis } from "@/lib/redis";
import { seededRandom } from "../../local/bamboo/random";
import { serveCommands } from "./commands";
import { drawQuantity } from "./quantity";
import type { Ware } from "./shelf";

/**
 * The obvious design, as a process: each order is a checkout of its own, which waits for a token of `@upstash/ratelimit` (2 a second, as
 * the supplier allows), and is polled twice. It keeps no records, so that it is held up by nothing but its limits.
 */
const { WORKER_INDEX = "0", WORKERS = "1", WARES = "[]", CELL = "", BAMBOO_ACCOUNT_ID = "" } = process.env;
const ORDERS_AT_ONCE = 5;
const MAX_WAIT_MS = 60_000;
const POLL_AFTER_MS = 1_000;
const POLLS = 2;
const TIMEOUT_MS = 30_000;
const SECOND_MS = 1_000;
const TOO_MANY = 429;

const limit = (name: string, limiter: ConstructorParameters<typeof Ratelimit>[0]["limiter"]) =>
  new Ratelimit({ redis: redis(), limiter, prefix: `naive:${CELL}:${name}`, ephemeralCache: false, timeout: 0 });
const checkouts = limit("checkouts", Ratelimit.tokenBucket(2, "1 s", 2));
const reads = limit("reads", Ratelimit.slidingWindow(120, "60 s"));

const random = seededRandom(Number(WORKER_INDEX));
const wares = z
  .array(z.object({ productId: z.number(), faceCurrency: z.string(), faceMinor: z.number(), faceValue: z.number() }))
  .parse(JSON.parse(WARES)) satisfies Ware[];
let next = Number(WORKER_INDEX);

async function buy(isOn: () => boolean): Promise<void> {
  await Promise.all(Array.from({ length: ORDERS_AT_ONCE }, () => orderAfterOrder(isOn)));
}

async function orderAfterOrder(isOn: () => boolean): Promise<void> {
  while (isOn()) {
    const ware = wares[next % wares.length];
    if (!ware) throw new Error("There is nothing to buy.");
    next += Number(WORKERS);
    const requestId = randomUUID();
    const Products = [{ ProductId: ware.productId, Quantity: drawQuantity(random), Value: ware.faceValue }];
    const body = JSON.stringify({ RequestId: requestId, AccountId: Number(BAMBOO_ACCOUNT_ID), Products });
    if (await place(body, isOn)) poll(requestId).catch((error: unknown) => console.error(error));
  }
}

/** Tries until the order is taken; what the supplier asks to wait is waited for. */
async function place(body: string, isOn: () => boolean): Promise<boolean> {
  while (isOn()) {
    const { success } = await checkouts.blockUntilReady("all", MAX_WAIT_MS);
    if (!success) continue;
    const response = await call("POST", "orders/checkout", body);
    if (response.status !== TOO_MANY) return response.status === 200;
    await sleep(waitSeconds(response.text) * SECOND_MS);
  }
  return false;
}

async function poll(requestId: string): Promise<void> {
  for (let polls = 0; polls < POLLS; polls++) {
    await sleep(POLL_AFTER_MS);
    const { success } = await reads.blockUntilReady("all", MAX_WAIT_MS);
    if (success) await call("GET", `orders/${requestId}`);
  }
}

async function call(method: string, path: string, body?: string): Promise<{ status: number; text: string }> {
  const { BAMBOO_BASE_URL, BAMBOO_CLIENT_ID, BAMBOO_CLIENT_SECRET } = process.env;
  const basic = Buffer.from(`${BAMBOO_CLIENT_ID}:${BAMBOO_CLIENT_SECRET}`).toString("base64");
  const response = await fetch(`${BAMBOO_BASE_URL}/api/integration/v1.0/${path}`, {
    method,
    headers: { authorization: `Basic ${basic}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return { status: response.status, text: await response.text() };
}

const waitSeconds = (text: string): number => Number(/(\d+) second/.exec(text)?.[1] ?? 1);

await redis().ping();
serveCommands(buy);

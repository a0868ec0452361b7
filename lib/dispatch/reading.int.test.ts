import { createServer } from "node:http";
import { inArray } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/drizzle/client";
import { dispatches, readPace } from "@/drizzle/schema";
import { sleep } from "@/lib/clock";
import { env } from "@/lib/env";
import { magicProducts } from "@/local/bamboo/magic";
import { claimed } from "@/local/testing/model/purchases";
import { advanceDispatch } from "./advance-dispatch";
import { hintDispatch } from "./hint-dispatch";
import { learnReadPace } from "./learn-read-pace";
import { UNTAUGHT } from "./read-pace";

/** They take 300 to 1,500 ms, or nothing at all; the supplier calls when they are over, about one of them twice. */
const PRODUCTS = [magicProducts.priceMoves, magicProducts.fails, magicProducts.callbackTwice, magicProducts.anyAmount].map(
  ({ id }) => id,
);
/** With those of the other test no more than four of one product in a minute. */
const PURCHASES = 8;
const TIMEOUT_MS = 90_000;
const MAX_TRIES = 5;

/** Where the sandbox calls, as app/api/bamboo/notification: the hint is stored and somebody looks at once. */
const looks: Promise<unknown>[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const told: { requestId: string } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  response.writeHead(204).end();
  if (await hintDispatch(told.requestId.toLowerCase())) looks.push(advanceDispatch(told.requestId.toLowerCase()));
});

const receiver = { url: "" };

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  receiver.url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`;
  await db().update(readPace).set(UNTAUGHT);
});

afterAll(async () => {
  await setNotification("");
  await new Promise((resolve) => server.close(resolve));
  // Other suites know the time that was not learned yet.
  await db().update(readPace).set(UNTAUGHT);
});

function basic(): string {
  const { BAMBOO_CLIENT_ID, BAMBOO_CLIENT_SECRET } = env();
  return `Basic ${Buffer.from(`${BAMBOO_CLIENT_ID}:${BAMBOO_CLIENT_SECRET}`).toString("base64")}`;
}

/** Where the supplier calls, or nowhere. Its settings may be changed once a second. */
async function setNotification(url: string): Promise<void> {
  const { BAMBOO_BASE_URL, BAMBOO_NOTIFICATION_SECRET: secretKey } = env();
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const response = await fetch(`${BAMBOO_BASE_URL}/api/Integration/v1/notification`, {
      method: "POST",
      headers: { authorization: basic(), "content-type": "application/json" },
      body: JSON.stringify({ notificationUrl: url, notificationUrlSandbox: url, secretKey }),
    });
    if (response.ok) return;
    await sleep(1_000);
  }
  throw new Error("The sandbox did not take the address for callbacks");
}

/** As inngest/functions/settle-dispatch: looks when it is time, whatever a call did in between. */
async function follow(dispatchId: string): Promise<void> {
  for (let turn = 0; turn < 30; turn++) {
    const advanced = await advanceDispatch(dispatchId);
    if (advanced.kind === "done") return;
    await sleep(advanced.waitMs);
  }
  throw new Error("The purchase did not end");
}

async function readsEach(): Promise<number> {
  const ids = await Promise.all(
    Array.from({ length: PURCHASES }, async (_, index) => (await claimed(1, PRODUCTS[index % PRODUCTS.length])).dispatchId),
  );
  await Promise.all(ids.map(follow));
  await Promise.all(looks);
  const rows = await db()
    .select({ reads: dispatches.reads, status: dispatches.status })
    .from(dispatches)
    .where(inArray(dispatches.id, ids));
  expect(rows.map(({ status }) => status)).toEqual(ids.map(() => "settled"));
  return rows.reduce((sum, { reads }) => sum + reads, 0) / PURCHASES;
}

async function pace() {
  const [row] = await db().select().from(readPace);
  if (!row) throw new Error("The learned time has no row");
  return row;
}

test(
  "where the supplier calls, one read is enough, and soon nobody reads before the call",
  async () => {
    await setNotification(receiver.url);
    expect(await readsEach()).toBeLessThanOrEqual(1.1);
    expect((await pace()).calledShare).toBeGreaterThan(0.3);
  },
  TIMEOUT_MS,
);

test(
  "where it does not, the first read comes at the learned time",
  async () => {
    await setNotification("");
    await db()
      .update(readPace)
      .set({ ...UNTAUGHT, calledShare: 0.4 });
    expect(await readsEach()).toBe(1);
    const { firstReadMs, calledShare } = await pace();
    // Nothing took as long as was waited, so the next ones are read sooner.
    expect(firstReadMs).toBeLessThan(UNTAUGHT.firstReadMs);
    expect(calledShare).toBeLessThan(0.4);
  },
  TIMEOUT_MS,
);

test("lessons of many processes at once are all kept", async () => {
  await db().update(readPace).set(UNTAUGHT);
  const lesson = { over: true, readAtAgeMs: 100, dueAtAgeMs: 100, calledAtAgeMs: 100 };
  await Promise.all(Array.from({ length: 20 }, () => learnReadPace(lesson)));
  expect((await pace()).firstReadMs).toBeCloseTo(UNTAUGHT.firstReadMs * 0.99 ** 20, 6);
});

import { get } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InngestServer } from "../start";
import { hashedKey, sign } from "../wire/signature";
import { until } from "./until";
import {
  type App,
  createClient,
  type Database,
  EVENT_KEY,
  mount,
  openApp,
  runsOf,
  SIGNING_KEY,
  start,
  startDatabase,
} from "./world";

let database: Database;
let app: App;
let server: InngestServer;
let client: ReturnType<typeof createClient>;

const authorization = `Bearer ${SIGNING_KEY}`;

async function post(path: string, body: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const response = await fetch(server.url + path, { method: "POST", headers, body });
  return { status: response.status, text: await response.text() };
}

async function sendRaw(body: unknown): Promise<{ ids: string[]; status: number; error?: string; message?: string }> {
  const { text } = await post(`/e/${EVENT_KEY}`, typeof body === "string" ? body : JSON.stringify(body));
  return JSON.parse(text);
}

/** What the SDK answers when it is asked to register. */
async function sync(): Promise<{ status: number; message: string; modified: boolean }> {
  const body = JSON.stringify({ url: app.url });
  const headers = {
    "content-type": "application/json",
    "x-inngest-signature": sign(body, SIGNING_KEY, Date.now()),
    "x-inngest-server-kind": "cloud",
  };
  const response = await fetch(app.url, { method: "PUT", headers, body });
  return { status: response.status, ...((await response.json()) as { message: string; modified: boolean }) };
}

beforeAll(async () => {
  database = await startDatabase();
  app = await openApp();
  server = await start(database.url);
  client = createClient("api", server.url);
});
afterAll(async () => {
  await server.stop();
  await app.close();
  await database.stop();
});

describe("events", () => {
  it("refuses an unknown key", async () => {
    const { status, text } = await post("/e/wrong", "{}");
    expect(status).toBe(401);
    expect(JSON.parse(text)).toEqual({ status: 401, message: "", error: "Event key not found" });
  });

  it.each([
    [{ data: {} }, "event name is empty"],
    [{ name: "x", ts: 5 }, "timestamp is before Jan 1, 1980"],
    [{ name: "inngest/foo" }, "event name is reserved for internal use: inngest/foo"],
    ["7", "Request body must contain an event object or an array of event objects"],
    ["{oops", "Request body must contain an event object or an array of event objects"],
    [
      { name: "x", data: "text" },
      "json: cannot unmarshal string into Go struct field Event.data of type map[string]interface {}",
    ],
  ])("answers %j with 400 and the text of production", async (body, error) => {
    expect(await sendRaw(body)).toMatchObject({ status: 400, error });
  });

  it("stores the events before the first bad one", async () => {
    const { ids, status } = await sendRaw([{ name: "good" }, { name: "" }, { name: "good" }]);
    expect({ count: ids.length, status }).toEqual({ count: 1, status: 400 });
    expect(await database.query("select id from inngest.events where name = 'good'")).toHaveLength(1);
  });

  it("takes an empty array, up to 5000 events, and not one more", async () => {
    expect(await sendRaw([])).toEqual({ ids: [""], status: 200 });
    const events = Array.from({ length: 5001 }, () => ({ name: "bulk" }));
    expect(await sendRaw(events)).toMatchObject({ status: 400 });
    const { ids, status } = await sendRaw(events.slice(1));
    expect({ count: new Set(ids).size, status }).toEqual({ count: 5000, status: 200 });
  });
});

describe("access", () => {
  it("wants the signing key, plain or hashed, on everything but events, health and the page", async () => {
    expect(await post("/fn/register", "{}")).toEqual({ status: 401, text: "Authentication failed" });
    expect((await fetch(`${server.url}/v1/runs/x`)).status).toBe(401);
    for (const key of [SIGNING_KEY, hashedKey(SIGNING_KEY)]) {
      expect((await fetch(`${server.url}/v1/runs/x`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(500);
    }
    expect(await (await fetch(`${server.url}/health`)).json()).toEqual({ status: 200, message: "OK" });
  });

  it("shows the page to local names only", async () => {
    const status = await new Promise<number | undefined>((resolve) => {
      get({ port: server.port, host: "127.0.0.1", headers: { host: "evil.example" } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
    });
    expect(status).toBe(403);
  });

  it("refuses keys that production would refuse", async () => {
    await expect(start(database.url, { signingKey: "signkey-local-abc" })).rejects.toThrow("even number of hex digits");
    await expect(start(database.url, { eventKey: "" })).rejects.toThrow("INNGEST_EVENT_KEY");
  });
});

describe("registration", () => {
  const handler = () => "done";

  it("says whether anything was modified", async () => {
    mount(app, client, [client.createFunction({ id: "one", triggers: [{ event: "one" }] }, handler)]);
    expect(await sync()).toMatchObject({ status: 200, message: "Successfully registered", modified: true });
    expect(await sync()).toMatchObject({ status: 200, modified: false });
    mount(app, client, [client.createFunction({ id: "one", triggers: [{ event: "two" }] }, handler)]);
    expect(await sync()).toMatchObject({ status: 200, modified: true });
  });

  it.each([
    [{ rateLimit: { limit: 1, period: "1s" } }, 'the option "rateLimit" is not supported'],
    [{ debounce: { period: "1s" } }, 'the option "debounce" is not supported'],
    [{ batchEvents: { maxSize: 2, timeout: "1s" } }, 'the option "batchEvents" is not supported'],
    [{ singleton: { mode: "skip" } }, 'the option "singleton" is not supported'],
    [{ timeouts: { start: "1m" } }, 'the option "timeouts" is not supported'],
    [{ concurrency: { limit: 1, scope: "env" } }, 'only the scope "fn" is supported'],
    [{ concurrency: { limit: 1, key: "event.data.list.size()" } }, "size() is not part of the subset"],
    [{ triggers: [{ cron: "* * * * *", jitter: "5s" }] }, "jitter"],
    [{ triggers: [{ cron: "61 * * * *" }] }, '"61" is not a minute'],
    [{ triggers: [{ event: "orders/*" }] }, "wildcard event names are not supported"],
  ] as const)("refuses %j by name, in the answer to the sync", async (options, text) => {
    mount(app, client, [client.createFunction(Object.assign({ id: "odd", triggers: [{ event: "odd" }] }, options), handler)]);
    const answer = await sync();
    expect(answer.status).toBe(400);
    expect(answer.message).toContain('function "api-odd"');
    expect(answer.message).toContain(text);
  });

  it("refuses an app that expects a development server", async () => {
    const answer = await post("/fn/register", "{}", { authorization, "x-inngest-expected-server-kind": "dev" });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("INNGEST_DEV");
  });
});

describe("answers of an app", () => {
  const ended = (id: string | undefined) =>
    until("the end", async () => (await runsOf(server.url, id)).find(({ ended_at }) => ended_at !== null));

  async function registered(): Promise<void> {
    mount(app, client, [client.createFunction({ id: "answers", triggers: [{ event: "answers" }], retries: 0 }, () => "done")]);
    expect(await sync()).toMatchObject({ status: 200 });
  }

  it("does not take a 200 that is not from the SDK for success", async () => {
    await registered();
    app.server.removeAllListeners("request");
    app.server.on("request", (_, response) => response.end('"a login page"'));
    const { ids } = await sendRaw({ name: "answers" });
    expect(await ended(ids[0])).toMatchObject({
      status: "Failed",
      output: { message: expect.stringContaining("no x-inngest-sdk header") },
    });
  });

  it("does not take an unsigned answer for success", async () => {
    await registered();
    app.server.removeAllListeners("request");
    app.server.on("request", (_, response) => response.writeHead(200, { "x-inngest-sdk": "forged" }).end('"done"'));
    const { ids } = await sendRaw({ name: "answers" });
    expect(await ended(ids[0])).toMatchObject({
      status: "Failed",
      output: { message: expect.stringContaining("signature does not match") },
    });
  });

  it("answers 409 to a checkpoint of a call that is not under way", async () => {
    const answer = await post("/v1/checkpoint/unknown/async", JSON.stringify({ qi_id: "x", request_id: "y", steps: [] }), {
      authorization,
    });
    expect(answer.status).toBe(409);
    expect((await post("/v1/checkpoint/unknown/async", "{}", { authorization })).status).toBe(400);
  });
});

it("shows runs and errors on the page, escaped", async () => {
  mount(app, client, [
    client.createFunction({ id: "markup", triggers: [{ event: "markup" }], retries: 0 }, () => {
      throw new Error("<script>alert(1)</script>");
    }),
  ]);
  await sync();
  const { ids } = await sendRaw({ name: "markup" });
  await until("the end", async () => (await runsOf(server.url, ids[0])).find(({ status }) => status === "Failed"));
  const response = await fetch(server.url);
  const page = await response.text();
  expect(response.headers.get("content-type")).toContain("text/html");
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(page).not.toContain("<script>");
});

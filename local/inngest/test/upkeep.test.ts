import { afterAll, beforeAll, expect, it } from "vitest";
import { AppSync } from "../apps/sync-apps";
import type { InngestServer } from "../start";
import { openPool } from "../store/pool";
import { prune } from "../store/prune";
import { HttpClient } from "../wire/http-client";
import { until } from "./until";
import { type App, createClient, type Database, mount, openApp, runsOf, SIGNING_KEY, start, startDatabase } from "./world";

const DAY_MS = 86_400_000;

let database: Database;
let app: App;
let server: InngestServer;

beforeAll(async () => {
  database = await startDatabase();
  app = await openApp();
  server = await start(database.url);
});
afterAll(async () => {
  await server.stop();
  await app.close();
  await database.stop();
});

it("asks an app until it registers, and notices when it serves other functions", async () => {
  const client = createClient("upkeep", server.url);
  const lines: string[] = [];
  let synced = 0;
  const http = new HttpClient();
  const sync = new AppSync({
    urls: [app.url],
    http,
    signingKey: SIGNING_KEY,
    log: (line) => lines.push(line),
    onSynced: () => {
      synced += 1;
    },
    checkPauseMs: 50,
  });
  app.server.on("request", (_, response) => response.writeHead(503).end("starting"));
  sync.start();
  await until("a refusal", () => lines.some((line) => line.includes("503")));
  expect(sync.isWaiting()).toBe(true);

  const slugs = async () =>
    (await database.query<{ slug: string }>("select slug from inngest.functions where not archived")).map(({ slug }) => slug);
  mount(app, client, [client.createFunction({ id: "before", triggers: [{ event: "before" }] }, () => 1)]);
  await until("the first functions", async () => (await slugs()).join() === "upkeep-before");
  await until("the end of the wait", () => !sync.isWaiting());
  mount(app, client, [client.createFunction({ id: "after", triggers: [{ event: "after" }] }, () => 2)]);
  await until("the other functions", async () => (await slugs()).join() === "upkeep-after");
  expect(synced).toBe(1);
  sync.stop();
  http.close();

  const { ids } = await client.send([{ name: "before" }, { name: "after" }]);
  await until("the run", async () => (await runsOf(server.url, ids[1])).find(({ status }) => status === "Completed"));
  expect(await runsOf(server.url, ids[0])).toEqual([]);
});

it("prunes what ended days ago, and keeps what has not ended", async () => {
  const client = createClient("upkeep", server.url);
  mount(app, client, [
    client.createFunction({ id: "quick", triggers: [{ event: "old" }] }, ({ step }) => step.run("a", () => 1)),
    client.createFunction({ id: "slow", triggers: [{ event: "open" }] }, ({ step }) => step.sleep("long", "30d")),
  ]);
  const sync = new HttpClient();
  await sync.send({ url: app.url, method: "PUT", headers: { "content-type": "application/json" }, body: "{}", timeoutMs: 5000 });
  sync.close();
  const { ids } = await client.send([{ name: "old" }, { name: "open" }]);
  await until("the end", async () => (await runsOf(server.url, ids[0])).find(({ status }) => status === "Completed"));
  await until("the sleep", async () => (await database.query("select 1 from inngest.queue where kind = 'resolve'")).length === 1);

  const pool = openPool(database.url, () => undefined);
  await prune(pool, Date.now() + 2 * DAY_MS, []);
  expect(await runsOf(server.url, ids[0])).toHaveLength(1);
  await prune(pool, Date.now() + 4 * DAY_MS, []);
  await pool.end();
  expect(await runsOf(server.url, ids[0])).toEqual([]);
  expect(await runsOf(server.url, ids[1])).toHaveLength(1);
  expect(await database.query("select id from inngest.events where name in ('old', 'open')")).toEqual([{ id: ids[1] }]);
  expect(await database.query("select state from inngest.steps")).toEqual([{ state: "pending" }]);
});

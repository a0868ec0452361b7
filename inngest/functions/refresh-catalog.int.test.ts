import { asc } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/drizzle/client";
import { catalogRefreshes, catalogRereads } from "@/drizzle/schema";
import { noteChangedProducts, whatIsOld } from "@/lib/refresh";
import { magicProducts } from "@/local/bamboo/magic";
import type { InngestServer } from "@/local/inngest/start";
import { type App, createClient, mount, openApp, runsOf, start } from "@/local/inngest/test/world";
import { forgetHour, type OwnCatalogue, startOwnCatalogue } from "@/local/testing/own-catalogue";
import { refreshRequested, rereadRequested } from "../events";
import { refreshCatalog } from "./refresh-catalog";
import { rereadNamedProducts } from "./reread-products";

const RUN_MS = 20_000;

let own: OwnCatalogue;
let app: App;
let queue: InngestServer;
let client: ReturnType<typeof createClient>;

beforeAll(async () => {
  own = await startOwnCatalogue(vi.stubEnv);
  app = await openApp();
  queue = await start(own.queueDatabaseUrl, { appUrls: [app.url] });
  client = createClient("steller", queue.url);
  mount(app, client, [refreshCatalog(client), rereadNamedProducts(client)]);
});

beforeEach(async () => {
  await own.forget();
  await own.bamboo.control.removeFault();
  await forgetHour();
});

afterAll(async () => {
  await queue.stop();
  await app.close();
  await own.stop();
});

/** Sends the event, and answers what the run that it starts came to. */
async function run(event: Parameters<typeof client.send>[0]): Promise<unknown> {
  const { ids } = await client.send(event);
  const ended = async () => (await runsOf(queue.url, ids[0])).find(({ ended_at }) => ended_at !== null);
  await expect.poll(async () => (await ended())?.status, { timeout: RUN_MS }).toMatch(/Completed|Failed/);
  return (await ended())?.output;
}

const refresh = () => run(refreshRequested.create({ trigger: "admin" }));
const latest = async () => (await db().select().from(catalogRefreshes).orderBy(asc(catalogRefreshes.startedAt))).at(-1);

test("a read goes through the queue, also past a page that fails once and a limit that asks to wait", async () => {
  await own.bamboo.control.addFault({ endpoint: "catalog-v2", act: { kind: "failBefore", status: 502 } });
  await own.bamboo.control.addFault({ endpoint: "catalog-v2", skip: 1, act: { kind: "tooMany", waitSeconds: 1 } });
  expect(await refresh()).toMatchObject({ kind: "completed", counts: { brands: 3 } });
  expect(await latest()).toMatchObject({ status: "completed", trigger: "admin", pages: 1 });
  expect((await whatIsOld()).catalog).toBe(false);
});

test("a page that never comes ends the read with the reason, and so does a short one", async () => {
  await own.bamboo.control.addFault({ endpoint: "catalog-v2", times: null, act: { kind: "failBefore", status: 500 } });
  await refresh();
  expect(await latest()).toMatchObject({ status: "failed", error: expect.stringMatching(/unusable: HTTP 500/) });
  await own.forget();
  await own.bamboo.control.removeFault();
  await own.bamboo.control.addFault({ endpoint: "catalog-v2", act: { kind: "shortPage", brands: 2 } });
  expect(await refresh()).toMatchObject({ kind: "failed", error: expect.stringMatching(/listed 2/) });
});

test("products that wait are read, and the run that comes a moment too early waits for its turn", async () => {
  await noteChangedProducts([magicProducts.instant.id]);
  expect(await run(rereadRequested.create({}))).toMatchObject({ kind: "read", reads: 1 });
  expect(await db().select().from(catalogRereads)).toEqual([]);
  await refresh();
  await refresh();
  const [first] = (await db().select().from(catalogRefreshes).orderBy(asc(catalogRefreshes.startedAt))).slice(-2);
  await own.asOwner(async (owner) => {
    await owner.query("update catalog_refreshes set started_at = now() - interval '59 minutes 59 seconds' where id = $1", [
      first?.id,
    ]);
  });
  expect(await refresh()).toMatchObject({ kind: "completed" });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InngestServer } from "../start";
import { pause, until } from "./until";
import { type App, createClient, type Database, mount, openApp, runsOf, SIGNING_KEY, start, startDatabase } from "./world";

interface Visit {
  tag: string;
  startMs: number;
  endMs: number;
  most: number;
  mostOfKey: number;
}

let database: Database;
let app: App;
let server: InngestServer;
let client: ReturnType<typeof createClient>;
const visits = new Map<string, Visit[]>();
const inside = new Map<string, number>();

/** Notes when a function body ran, and how many were in it at the same time. */
async function visit(name: string, tag: string, workMs: number): Promise<void> {
  const enter = (key: string) => inside.set(key, (inside.get(key) ?? 0) + 1).get(key) ?? 0;
  const leave = (key: string) => inside.set(key, (inside.get(key) ?? 1) - 1);
  const startMs = Date.now();
  const most = enter(name);
  const mostOfKey = enter(`${name}|${tag}`);
  await pause(workMs);
  leave(name);
  leave(`${name}|${tag}`);
  visits.set(name, [...(visits.get(name) ?? []), { tag, startMs, endMs: Date.now(), most, mostOfKey }]);
}

const visitsOf = (name: string) => visits.get(name) ?? [];
const many = (count: number, name: string, data: (i: number) => Record<string, unknown> = () => ({})) =>
  Array.from({ length: count }, (_, i) => ({ name, data: data(i) }));

beforeAll(async () => {
  database = await startDatabase();
  app = await openApp();
  server = await start(database.url, { appUrls: [app.url] });
  client = createClient("flow", server.url);
  const body =
    (name: string, workMs: number) =>
    ({ event }: { event: { data: { tag?: string } } }) =>
      visit(name, event.data.tag ?? "", workMs);
  mount(app, client, [
    client.createFunction({ id: "limited", triggers: [{ event: "limited" }], concurrency: 3 }, body("limited", 30)),
    client.createFunction(
      {
        id: "keyed",
        triggers: [{ event: "keyed" }],
        concurrency: [{ limit: 1, key: "event.data.tag", scope: "fn" }, { limit: 2 }],
      },
      body("keyed", 30),
    ),
    client.createFunction(
      { id: "throttled", triggers: [{ event: "throttled" }], throttle: { limit: 5, period: "1s", burst: 1 } },
      body("throttled", 0),
    ),
    client.createFunction(
      {
        id: "throttled-by-key",
        triggers: [{ event: "throttled-by-key" }],
        throttle: { limit: 1, period: "10s", key: "event.data.tag" },
      },
      body("throttled-by-key", 0),
    ),
    client.createFunction(
      { id: "ranked", triggers: [{ event: "ranked" }], concurrency: 1, priority: { run: "event.data.tag == 'vip' ? 120 : 0" } },
      body("ranked", 15),
    ),
    client.createFunction({ id: "once", triggers: [{ event: "once" }], idempotency: "event.data.tag" }, body("once", 0)),
    client.createFunction({ id: "plain", triggers: [{ event: "plain", if: "event.data.tag != 'unwanted'" }] }, body("plain", 0)),
    client.createFunction({ id: "tick", triggers: [{ cron: "TZ=Europe/Paris 0 0 1 1 *" }] }, ({ event }) =>
      visit("tick", String(event.data.cron), 0),
    ),
    client.createFunction(
      { id: "cancellable", triggers: [{ event: "cancellable" }], cancelOn: [{ event: "cancel", match: "data.order" }] },
      async ({ event, step }) => {
        await visit("cancellable", event.data.tag, 0);
        await step.sleep("long", "1h");
      },
    ),
    client.createFunction({ id: "cancelled", triggers: [{ event: "inngest/function.cancelled" }] }, ({ event }) =>
      visit("cancelled", String(event.data.function_id), 0),
    ),
  ]);
  await until("the registration", async () => (await database.query("select 1 from inngest.apps")).length === 1);
});
afterAll(async () => {
  await server.stop();
  await app.close();
  await database.stop();
});

describe("concurrency", () => {
  it("never exceeds the limit of a function, and uses all of it", async () => {
    await client.send(many(15, "limited"));
    await until("all 15", () => visitsOf("limited").length === 15);
    expect(Math.max(...visitsOf("limited").map(({ most }) => most))).toBe(3);
  });

  it("holds two limits at once, one of them by key", async () => {
    await client.send(many(12, "keyed", (i) => ({ tag: i % 4 === 3 ? "b" : "a" })));
    await until("all 12", () => visitsOf("keyed").length === 12);
    expect(Math.max(...visitsOf("keyed").map(({ most }) => most))).toBe(2);
    expect(Math.max(...visitsOf("keyed").map(({ mostOfKey }) => mostOfKey))).toBe(1);
  });
});

describe("throttle", () => {
  it("starts limit + burst at once, then one each period / limit, and drops nothing", async () => {
    const sentMs = Date.now();
    await client.send(many(9, "throttled"));
    await until("all 9", () => visitsOf("throttled").length === 9);
    const starts = visitsOf("throttled")
      .map(({ startMs }) => startMs - sentMs)
      .sort((a, b) => a - b);
    expect(starts[5]).toBeLessThan(190);
    expect(starts[8]).toBeGreaterThanOrEqual(590);
    expect(starts[8]).toBeLessThan(1200);
  });

  it("gives each key a bucket of its own", async () => {
    await client.send(many(6, "throttled-by-key", (i) => ({ tag: `t${i % 3}` })));
    await until("one of each", () => visitsOf("throttled-by-key").length === 3);
    await pause(150);
    expect(
      visitsOf("throttled-by-key")
        .map(({ tag }) => tag)
        .sort(),
    ).toEqual(["t0", "t1", "t2"]);
  });
});

it("lets runs of a higher priority overtake the backlog", async () => {
  await client.send(many(12, "ranked", () => ({ tag: "plain" })));
  await client.send(many(3, "ranked", () => ({ tag: "vip" })));
  await until("all 15", () => visitsOf("ranked").length === 15);
  const order = visitsOf("ranked").map(({ tag }) => tag);
  expect(order.slice(0, 9).filter((tag) => tag === "vip")).toHaveLength(3);
});

describe("repeats", () => {
  it("starts one run for each value of an idempotency expression", async () => {
    await client.send(many(4, "once", (i) => ({ tag: `o${i % 2}` })));
    await client.send(many(2, "once", (i) => ({ tag: `o${i}` })));
    await until("two runs", () => visitsOf("once").length === 2);
    await pause(100);
    expect(
      visitsOf("once")
        .map(({ tag }) => tag)
        .sort(),
    ).toEqual(["o0", "o1"]);
  });

  it("starts one run for an event id however often it is sent, and answers each with an id of its own", async () => {
    const event = { id: "same", name: "plain", data: { tag: "same" } };
    const first = await client.send([event, event]);
    const second = await client.send(event);
    expect(new Set([...first.ids, ...second.ids]).size).toBe(3);
    await pause(150);
    expect(visitsOf("plain").filter(({ tag }) => tag === "same")).toHaveLength(1);
  });

  it("takes a repeated POST with the same seed as one", async () => {
    const seed = `${Date.now()},${Buffer.alloc(10, 7).toString("base64")}`;
    const post = async () => {
      const response = await fetch(`${server.url}/e/local-event-key`, {
        method: "POST",
        headers: { "x-inngest-event-id-seed": seed },
        body: JSON.stringify({ name: "plain", data: { tag: "seeded" } }),
      });
      return (await response.json()) as { ids: string[] };
    };
    expect(await post()).toEqual(await post());
    await pause(150);
    expect(visitsOf("plain").filter(({ tag }) => tag === "seeded")).toHaveLength(1);
  });
});

it("starts the runs of an event dated in the future only then", async () => {
  const ts = Date.now() + 400;
  await client.send({ name: "plain", data: { tag: "future" }, ts });
  const { startMs } = await until("the run", () => visitsOf("plain").find(({ tag }) => tag === "future"));
  expect(startMs).toBeGreaterThanOrEqual(ts);
  expect(startMs).toBeLessThan(ts + 900);
});

it("starts no run where the condition of the trigger is not met", async () => {
  await client.send([
    { name: "plain", data: { tag: "unwanted" } },
    { name: "plain", data: { tag: "wanted" } },
  ]);
  await until("the wanted run", () => visitsOf("plain").some(({ tag }) => tag === "wanted"));
  await pause(50);
  expect(visitsOf("plain").some(({ tag }) => tag === "unwanted")).toBe(false);
});

describe("cancelling", () => {
  const statusOf = async (eventId: string | undefined) => (await runsOf(server.url, eventId))[0]?.status;

  it("cancels by an event that matches, and leaves the others", async () => {
    const { ids } = await client.send([
      { name: "cancellable", data: { tag: "one", order: 1 } },
      { name: "cancellable", data: { tag: "two", order: 2 } },
    ]);
    await until(
      "both asleep",
      async () => (await database.query("select 1 from inngest.queue where kind = 'resolve'")).length === 2,
    );
    await client.send({ name: "cancel", data: { order: 1 } });
    await until("the cancelled event", () => visitsOf("cancelled").some(({ tag }) => tag === "flow-cancellable"));
    expect(await statusOf(ids[0])).toBe("Cancelled");
    expect(await statusOf(ids[1])).toBe("Running");
  });

  it("cancels over the API", async () => {
    const { ids } = await client.send({ name: "cancellable", data: { tag: "three", order: 3 } });
    const run = await until("the run", async () => (await runsOf(server.url, ids[0]))[0]);
    const response = await fetch(`${server.url}/v1/runs/${run.run_id}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${SIGNING_KEY}` },
    });
    expect(response.status).toBe(200);
    expect(await statusOf(ids[0])).toBe("Cancelled");
  });
});

describe("cron", () => {
  const restartWith = async (lateMs: number) => {
    await server.stop();
    const before = visitsOf("tick").length;
    await database.query("update inngest.crons set next_ms = $1", [Date.now() - lateMs]);
    server = await start(database.url, { appUrls: [app.url], port: server.port });
    return before;
  };

  it("keeps the next tick of each schedule", async () => {
    const [row] = await database.query<{ next_ms: string }>("select next_ms from inngest.crons");
    expect(new Date(Number(row?.next_ms)).toISOString()).toMatch(/-12-31T23:00:00.000Z$/);
  });

  it("fires once on return for a tick missed by seconds, and not for one missed by minutes", async () => {
    const before = await restartWith(5000);
    await until("the tick", () => visitsOf("tick").length === before + 1);
    const after = await restartWith(120_000);
    await pause(300);
    expect(visitsOf("tick")).toHaveLength(after);
    expect(after).toBe(before + 1);
  });
});

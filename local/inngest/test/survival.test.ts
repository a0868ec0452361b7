import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { OwnerLock } from "../store/owner-lock";
import { pause, until } from "./until";
import { type App, createClient, type Database, EVENT_KEY, mount, openApp, runsOf, SIGNING_KEY, startDatabase } from "./world";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const TSX = createRequire(import.meta.url).resolve("tsx");

let database: Database;
let app: App;
let port = 0;
let child: ChildProcess | undefined;
const ran: string[] = [];
let holdStep: Promise<void> = Promise.resolve();

/** Starts the server as a process of its own; always on the port of the first time, as an app expects it. */
async function startProcess(): Promise<ChildProcess> {
  const args = [
    "--import",
    TSX,
    MAIN,
    "--port",
    String(port),
    "--app-url",
    app.url,
    "--retry-interval",
    "30",
    "--stop-on-stdin-end",
  ];
  const env = { ...process.env, DATABASE_URL: database.url, INNGEST_EVENT_KEY: EVENT_KEY, INNGEST_SIGNING_KEY: SIGNING_KEY };
  const started = spawn(process.execPath, args, { env, stdio: ["pipe", "pipe", "inherit"] });
  const line = await new Promise<string>((resolve, reject) => {
    started.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString()));
    started.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const ready = JSON.parse(line) as { ready: boolean; port: number };
  expect(ready.ready).toBe(true);
  port = ready.port;
  child = started;
  return started;
}

async function kill(signal: NodeJS.Signals): Promise<number | null> {
  const gone = child;
  if (!gone || gone.exitCode !== null) return null;
  const exit = new Promise<number | null>((resolve) => gone.once("exit", resolve));
  gone.kill(signal);
  return exit;
}

const baseUrl = () => `http://127.0.0.1:${port}`;

beforeAll(async () => {
  database = await startDatabase();
  app = await openApp();
  await startProcess();
  const client = createClient("survival", baseUrl());
  mount(app, client, [
    client.createFunction({ id: "long", triggers: [{ event: "long" }], retries: 0 }, async ({ event, step }) => {
      const k = String(event.data.k);
      const first = await step.run("first", () => ran.push(`${k} first`));
      await step.run("held", async () => {
        ran.push(`${k} held`);
        await holdStep;
      });
      await step.sleep("nap", "2s");
      await step.run("last", () => ran.push(`${k} last`));
      return first > 0;
    }),
  ]);
  await until("the registration", async () => (await database.query("select 1 from inngest.apps")).length === 1);
});
afterAll(async () => {
  await kill("SIGKILL");
  await app.close();
  await database.stop();
});

async function send(k: string, count: number): Promise<(string | undefined)[]> {
  const { ids } = await createClient("survival", baseUrl()).send(
    Array.from({ length: count }, (_, i) => ({ name: "long", data: { k: `${k}${i}` } })),
  );
  return ids;
}

async function ends(ids: (string | undefined)[]): Promise<string[]> {
  const runs = await Promise.all(
    ids.map((id) => until("the end", async () => (await runsOf(baseUrl(), id)).find(({ ended_at }) => ended_at !== null))),
  );
  return runs.map(({ status, output }) => `${status} ${output}`);
}

const times = (line: string) => ran.filter((one) => one === line).length;

it("loses nothing when killed in the middle of a step, and repeats that step alone", async () => {
  let letGo = () => {};
  holdStep = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const ids = await send("step", 3);
  await until("three held steps", () => ran.filter((line) => line.endsWith("held")).length === 3);
  await kill("SIGKILL");
  letGo();
  await startProcess();
  expect(await ends(ids)).toEqual(["Completed true", "Completed true", "Completed true"]);
  for (const k of ["step0", "step1", "step2"]) {
    expect([times(`${k} first`), times(`${k} held`), times(`${k} last`)]).toEqual([1, 2, 1]);
  }
});

it("wakes runs that slept when it was killed, and repeats no step", async () => {
  const ids = await send("nap", 3);
  await until(
    "three sleeping",
    async () => (await database.query("select 1 from inngest.queue where kind = 'resolve'")).length === 3,
  );
  await kill("SIGKILL");
  await pause(200);
  await startProcess();
  expect(await ends(ids)).toEqual(["Completed true", "Completed true", "Completed true"]);
  for (const k of ["nap0", "nap1", "nap2"]) {
    expect([times(`${k} first`), times(`${k} held`), times(`${k} last`)]).toEqual([1, 1, 1]);
  }
});

it("outlives a crash of the database in the middle of a step, and repeats nothing", async () => {
  let letGo = () => {};
  holdStep = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const ids = await send("crash", 3);
  await until("three held steps", () => ran.filter((line) => /^crash. held$/.test(line)).length === 3);
  await database.crash();
  letGo();
  await until("the owner", async () => (await database.query("select 1 from pg_locks where locktype = 'advisory'")).length === 1);
  expect(await ends(ids)).toEqual(["Completed true", "Completed true", "Completed true"]);
  for (const k of ["crash0", "crash1", "crash2"]) {
    expect([times(`${k} first`), times(`${k} held`), times(`${k} last`)]).toEqual([1, 1, 1]);
  }
});

it("lets one server own the database, and the next as soon as that is gone", async () => {
  const lock = new OwnerLock(
    database.url,
    () => undefined,
    () => undefined,
  );
  await expect(lock.take(3)).rejects.toThrow("Another local Inngest server");
  await kill("SIGKILL");
  await lock.take();
  expect(lock.owned).toBe(true);
  await lock.stop();
});

it("stops cleanly on SIGTERM and when its stdin ends", async () => {
  await startProcess();
  expect(await kill("SIGTERM")).toBe(0);
  const started = await startProcess();
  const exit = new Promise<number | null>((resolve) => started.once("exit", resolve));
  started.stdin?.end();
  expect(await exit).toBe(0);
});

import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isolatedVariables } from "./isolated";
import { type System, startSystem } from "./system";

const ENTERABLE = 0o755;
let dataDir: string;
let running: System | undefined;

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), "steller-system-"));
  chmodSync(dataDir, ENTERABLE);
});
afterAll(async () => {
  await running?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const lines: string[] = [];
const start = () =>
  startSystem({
    dataDir,
    mode: "services-only",
    env: isolatedVariables(),
    port: 0,
    seed: false,
    log: (line) => lines.push(line),
  });

async function query(system: System, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: system.env.DATABASE_URL_UNPOOLED });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test("what was committed survives the end of everything by SIGKILL; addresses and keys stay", async () => {
  running = await start();
  expect(Object.keys(running.pids).sort()).toEqual(["bamboo", "inngest", "postgres", "upstash"]);
  await query(running, "create table public.survives (n int); insert into public.survives values (42)");
  const before = running.env;
  await running.killAll();
  running = await start();
  expect(running.env).toEqual(before);
  expect(await query(running, "select n from public.survives")).toEqual([{ n: 42 }]);
});

test("a second start on the same data is refused, by the number of the first", async () => {
  await expect(start()).rejects.toThrow(`already running on ${dataDir} (process ${process.pid}`);
});

test("one part that dies is started again at its address", async () => {
  const first = running?.pids.upstash ?? 0;
  process.kill(first, "SIGKILL");
  for (let tries = 0; tries < 100 && running?.pids.upstash === first; tries++) await sleep(50);
  const answer = await fetch(running?.env.UPSTASH_REDIS_REST_URL ?? "", {
    method: "POST",
    headers: { authorization: `Bearer ${running?.env.UPSTASH_REDIS_REST_TOKEN}` },
    body: JSON.stringify(["PING"]),
  });
  expect(await answer.json()).toEqual({ result: "PONG" });
  expect(lines.join("\n")).toContain("upstash died (ended by SIGKILL)");
});

test("a start that is called off leaves nothing running and the folder free", async () => {
  await running?.stop();
  await expect(
    startSystem({ dataDir, mode: "services-only", env: isolatedVariables(), port: 0, signal: AbortSignal.timeout(200) }),
  ).rejects.toThrow();
  running = await start();
  expect(await query(running, "select n from public.survives")).toEqual([{ n: 42 }]);
});

test("a half-set environment starts nothing", async () => {
  const env = { ...isolatedVariables(), UPSTASH_REDIS_REST_URL: "http://127.0.0.1:1" };
  await expect(startSystem({ dataDir: join(dataDir, "other"), mode: "services-only", env })).rejects.toThrow(
    "UPSTASH_REDIS_REST_TOKEN: missing",
  );
});

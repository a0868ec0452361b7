import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startTestPostgres, type TestPostgres } from "./test-postgres";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let postgres: TestPostgres;
let lines: string[];

beforeEach(async () => {
  lines = [];
  postgres = await startTestPostgres((line) => lines.push(line));
  await query("create table kept (id int primary key)");
});

afterEach(() => postgres.remove());

test("what was committed survives a kill of the server, and what was not is gone", async () => {
  await query("insert into kept values (1)");
  const open = await connect();
  open.on("error", () => undefined);
  await open.query("begin");
  await open.query("insert into kept values (2)");
  await postgres.current().kill();
  await postgres.startAgain();
  expect(await query("select id from kept")).toEqual([{ id: 1 }]);
  expect(lines.some((line) => line.includes("automatic recovery in progress"))).toBe(true);
});

test("a kill from outside is noticed, and the next start works", async () => {
  const first = postgres.current();
  process.kill(await serverPid(), "SIGKILL");
  await first.exited;
  await postgres.startAgain();
  expect(await query("select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
  await first.stop();
});

test("a server still running is stopped cleanly and taken over", async () => {
  await query("insert into kept values (1)");
  const [first, firstPid] = [postgres.current(), await serverPid()];
  const second = await postgres.startAgain();
  await first.exited;
  expect(await serverPid()).not.toBe(firstPid);
  expect(await query("select id from kept")).toEqual([{ id: 1 }]);
  expect(lines.some((line) => line.includes("automatic recovery"))).toBe(false);
  await first.stop();
  expect(second.port).toBe(postgres.current().port);
  expect(await query("select id from kept")).toEqual([{ id: 1 }]);
});

test("a start puts changed passwords right", async () => {
  await postgres.current().stop();
  const passwords = { owner: "another owner", app: "another app" };
  const { ownerUrl, appUrl } = await postgres.startAgain({ passwords });
  expect(new URL(ownerUrl).password).toBe("another%20owner");
  expect(await query("select current_user::text as name", appUrl)).toEqual([{ name: "steller_app" }]);
});

test("a taken port is named", async () => {
  const taken = postgres.current().gatePort;
  await postgres.current().stop();
  const holder = await startTestPostgres();
  try {
    await expect(postgres.startAgain({ port: holder.current().port })).rejects.toThrow(
      `Port ${holder.current().port} of 127.0.0.1 is taken`,
    );
    await expect(postgres.startAgain({ gatePort: holder.current().gatePort })).rejects.toThrow("The gate cannot listen");
  } finally {
    await holder.remove();
  }
  expect((await postgres.startAgain({ gatePort: taken })).gatePort).toBe(taken);
});

async function serverPid(): Promise<number> {
  return Number.parseInt(await readFile(join(postgres.dataDir, "cluster", "postmaster.pid"), "utf8"), 10);
}

async function connect(url = postgres.current().ownerUrl): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

async function query(text: string, url?: string): Promise<unknown[]> {
  const client = await connect(url);
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

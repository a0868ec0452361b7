import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isServerOf } from "./pid-file";

const MAIN = join(import.meta.dirname, "main.ts");
const TEST_TIMEOUT_MS = 60_000;
const READY_TIMEOUT_MS = 30_000;
const POLL_MS = 20;

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "steller-postgres-"));
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

test("prints one line when ready, and SIGTERM ends PostgreSQL and itself with 0", { timeout: TEST_TIMEOUT_MS }, async () => {
  const { child, lines, serverPid } = await startMain();
  expect(JSON.parse(lines[0] ?? "")).toEqual({ ready: true, port: expect.any(Number), gatePort: expect.any(Number) });
  child.kill("SIGTERM");
  expect((await once(child, "exit"))[0]).toBe(0);
  expect(lines).toHaveLength(1);
  expect(await isServerOf(join(dataDir, "cluster"), serverPid)).toBe(false);
});

test("ends when its standard input ends, if asked to", { timeout: TEST_TIMEOUT_MS }, async () => {
  const { child, serverPid } = await startMain("--stop-on-stdin-end");
  child.stdin.end();
  expect((await once(child, "exit"))[0]).toBe(0);
  expect(await isServerOf(join(dataDir, "cluster"), serverPid)).toBe(false);
});

test("killed itself, it leaves no PostgreSQL behind", { timeout: TEST_TIMEOUT_MS }, async () => {
  const { child, serverPid } = await startMain();
  child.kill("SIGKILL");
  await once(child, "exit");
  await expect.poll(() => isServerOf(join(dataDir, "cluster"), serverPid), { timeout: 30_000, interval: POLL_MS }).toBe(false);
});

test("exits with 1 when PostgreSQL ends by itself; both killed at once, the next start works", {
  timeout: TEST_TIMEOUT_MS,
}, async () => {
  const first = await startMain();
  process.kill(first.serverPid, "SIGKILL");
  expect((await once(first.child, "exit"))[0]).toBe(1);
  const second = await startMain();
  second.child.kill("SIGKILL");
  process.kill(second.serverPid, "SIGKILL");
  await once(second.child, "exit");
  const third = await startMain();
  third.child.kill("SIGINT");
  expect((await once(third.child, "exit"))[0]).toBe(0);
});

async function startMain(
  ...more: string[]
): Promise<{ child: ChildProcessWithoutNullStreams; lines: string[]; serverPid: number }> {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, "--data", dataDir, ...more], {
    env: { ...process.env, STELLER_PG_OWNER_PASSWORD: "owner", STELLER_PG_APP_PASSWORD: "app" },
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const lines: string[] = [];
  createInterface(child.stdout).on("line", (line) => lines.push(line));
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (lines.length === 0) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`main.ts did not become ready: ${said}`);
    await sleep(POLL_MS);
  }
  const serverPid = Number.parseInt(await readFile(join(dataDir, "cluster", "postmaster.pid"), "utf8"), 10);
  return { child, lines, serverPid };
}

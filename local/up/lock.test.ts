import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RunningRecord } from "./leftovers";
import { takeLock } from "./lock";
import { identify, stillRuns } from "./process-identity";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  path = join(folder, "up.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = { waitMs: 0, refuse: (holder: { pid: number }) => `held by ${holder.pid}` };
const exited = (child: ReturnType<typeof spawn>) =>
  new Promise((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
const sleeper = () => spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"], { detached: true, stdio: "ignore" });

test("one holder at a time; after a release the next may", async () => {
  const first = await takeLock(path, options);
  await expect(takeLock(path, options)).rejects.toThrow(`held by ${process.pid}`);
  first.release();
  (await takeLock(path, options)).release();
  expect(existsSync(path)).toBe(false);
});

test("a second one waits for a holder that is leaving", async () => {
  const first = await takeLock(path, options);
  first.leave();
  setTimeout(() => first.release(), 300);
  const second = await takeLock(path, { ...options, leavingWaitMs: 5_000 });
  second.release();
});

test("a killed holder holds nothing, nor does a process that has its number now", async () => {
  writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: "another time", note: "", leaving: false }));
  (await takeLock(path, options)).release();
  writeFileSync(path, "{ cut short");
  (await takeLock(path, options)).release();
});

test("of many that find the same dead holder, one wins", async () => {
  writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: "another time", note: "", leaving: false }));
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => takeLock(path, options)));
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
});

test("a process is known by its start as well as by its number", async () => {
  const child = sleeper();
  const ended = exited(child);
  const identity = identify(child.pid ?? 0);
  expect(identity && stillRuns(identity)).toBe(true);
  expect(stillRuns({ pid: child.pid ?? 0, startedAt: "another time" })).toBe(false);
  child.kill("SIGKILL");
  await ended;
  expect(identity && stillRuns(identity)).toBe(false);
});

test("what a killed start left is ended; a stranger with a recorded number is not", async () => {
  const [left, stranger] = [sleeper(), sleeper()];
  const leftEnded = exited(left);
  new RunningRecord(folder).add("web", left.pid ?? 0);
  const record = JSON.parse(readFileSync(join(folder, "pids.json"), "utf8"));
  writeFileSync(
    join(folder, "pids.json"),
    JSON.stringify({ ...record, postgres: { pid: stranger.pid, startedAt: "another time" } }),
  );
  expect(await new RunningRecord(folder).endLeftovers()).toEqual(["web"]);
  expect(await leftEnded).toBe("SIGTERM");
  expect(identify(stranger.pid ?? 0)).toBeDefined();
  stranger.kill("SIGKILL");
  await exited(stranger);
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ChildCommand, startChild } from "./child";
import { RunningRecord } from "./leftovers";
import { openLog, tailOf } from "./logs";
import { endGroup } from "./signals";
import { nextDelay, supervise } from "./supervise";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "child-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const READY = "console.log(JSON.stringify({ ready: true, port: 1 }));";
const STAY = "setInterval(() => {}, 1000);";
const UNTIL_STDIN_ENDS = 'process.stdin.on("end", () => process.exit(0)).resume();';

const command = (code: string, rest: Partial<ChildCommand> = {}): ChildCommand => ({
  name: "part",
  args: ["-e", code],
  cwd: dataDir,
  env: {},
  dataDir,
  announces: true,
  readyTimeoutMs: 5_000,
  ...rest,
});

test("a child that says it is ready is ready, and its output is in its log", async () => {
  const child = await startChild(command(`console.error("warming up"); ${READY} ${STAY}`));
  expect(readFileSync(child.logPath, "utf8")).toContain("warming up");
  endGroup(child.pid, "SIGKILL");
  expect(await child.ended).toBe("ended by SIGKILL");
});

test("a child that dies before it is ready is reported with the end of its log", async () => {
  await expect(startChild(command('console.error("no such table"); process.exit(3)'))).rejects.toThrow(
    /part did not become ready: exit code 3[\s\S]*no such table/,
  );
});

test("an earlier start's ready line does not count", async () => {
  const first = await startChild(command(`${READY} ${STAY}`));
  endGroup(first.pid, "SIGKILL");
  await expect(startChild(command(STAY, { readyTimeoutMs: 300 }))).rejects.toThrow("not ready after");
});

test("calling off ends the wait and the child", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("called off")), 100);
  await expect(startChild(command(STAY, { signal: controller.signal }))).rejects.toThrow("called off");
});

test("a dead child is started again, until it is told to stop", async () => {
  const lines: string[] = [];
  const record = new RunningRecord(dataDir);
  const part = await supervise(command(`${READY} ${UNTIL_STDIN_ENDS}`), {
    record,
    log: (line) => lines.push(line),
    onGivenUp: () => undefined,
  });
  const firstPid = part.pid();
  endGroup(firstPid, "SIGKILL");
  for (let tries = 0; tries < 100 && part.pid() === firstPid; tries++) await sleep(50);
  expect(part.pid()).not.toBe(firstPid);
  expect(lines.join("\n")).toContain("part died (ended by SIGKILL)");
  await part.stop(2_000);
  expect(part.child().hasEnded()).toBe(true);
  expect(readFileSync(join(dataDir, "pids.json"), "utf8")).toBe("{}\n");
});

test("deaths are answered later each time, and not for ever", () => {
  const deaths: number[] = [];
  expect(Array.from({ length: 7 }, (_, index) => nextDelay(deaths, index * 1_000))).toEqual([
    250,
    500,
    1_000,
    2_000,
    4_000,
    8_000,
    undefined,
  ]);
  expect(nextDelay([0, 1_000], 500_000)).toBe(250);
});

test("a log that has grown past its size is set aside", () => {
  const { path } = openLog(dataDir, "big");
  writeFileSync(path, "x".repeat(11 * 1024 * 1024));
  openLog(dataDir, "big");
  expect(readFileSync(path, "utf8")).toBe("");
  expect(tailOf(`${path}.1`)).toHaveLength(16 * 1024);
});

import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { machineVariables } from "../up/base-environment";
import { seconds } from "../up/phases";
import { ROOT } from "../up/root";
import { endGroup } from "../up/signals";
import { readCounts } from "./counts";
import type { PhaseResult, TestPhase } from "./phases";

const TITLE_WIDTH = 50;
const STOPPED_BY_SIGNAL = 130;
const TIMED_OUT = 124;

/** Runs the commands of one phase with their output shown, and counts what they report. */
export async function runPhase(phase: TestPhase, reports: string): Promise<PhaseResult> {
  console.log(`\n=== ${phase.title} ===`);
  const startedAt = performance.now();
  const report = join(reports, `${phase.name}.json`);
  let exitCode = 0;
  for (const args of phase.commands(report)) {
    exitCode = await run(args, report, phase.timeoutMs);
    if (exitCode !== 0) break;
  }
  const counts =
    phase.counted && existsSync(report)
      ? readCounts(phase.counted, readFileSync(report, "utf8"))
      : { passed: 0, failed: 0, skipped: 0 };
  const took = seconds(performance.now() - startedAt);
  console.log(`=== ${phase.title}: ${exitCode === 0 ? "passed" : "FAILED"} in ${took.trim()} ===`);
  const told = phase.counted
    ? `${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} not run` : ""}`
    : "";
  return {
    exitCode,
    ...counts,
    line: `  ${phase.title.padEnd(TITLE_WIDTH)} ${exitCode === 0 ? "ok    " : "FAILED"} ${took}  ${told}`,
  };
}

function run(args: string[], report: string, timeoutMs: number): Promise<number> {
  const env: NodeJS.ProcessEnv = {
    ...machineVariables(process.env),
    NODE_ENV: "test",
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    NEXT_TELEMETRY_DISABLED: "1",
  };
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env,
    stdio: ["ignore", "inherit", "inherit"],
    detached: process.platform !== "win32",
  });
  const pid = child.pid ?? 0;
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    console.error(`Not done after ${timeoutMs / 60_000} minutes: ended.`);
    endGroup(pid, "SIGKILL");
  }, timeoutMs);
  const stop = () => endGroup(pid, "SIGTERM");
  const reasons = ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"];
  for (const reason of reasons) process.on(reason, stop);
  return new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(timedOut ? TIMED_OUT : (code ?? STOPPED_BY_SIGNAL)));
  }).finally(() => {
    clearTimeout(timer);
    for (const reason of reasons) process.off(reason, stop);
  });
}

import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ROOT, tsxArgs } from "../../local/up/root";
import { announceRunning } from "./running";

/** A build may be part of it. */
const START_TIMEOUT_MS = 8 * 60_000;
const STOP_TIMEOUT_MS = 12_000;

/** Starts the whole system for the flows; gives the function that stops it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const script = join(ROOT, "e2e", "support", "start-system.ts");
  const child = fork(script, {
    cwd: ROOT,
    execArgv: tsxArgs(script).slice(0, -1),
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  announceRunning(await firstMessage(child));
  return async () => {
    child.kill("SIGTERM");
    await Promise.race([ended, sleep(STOP_TIMEOUT_MS, undefined, { ref: false })]);
  };
}

function firstMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGTERM");
      reject(
        new Error(
          `The system for the flows was not up after ${START_TIMEOUT_MS / 60_000} minutes. Its logs are in .data/e2e/logs.`,
        ),
      );
    }, START_TIMEOUT_MS);
    const settle = (work: () => void) => {
      clearTimeout(timer);
      work();
    };
    child.once("message", (message) => settle(() => resolve(message)));
    child.once("exit", (code) =>
      settle(() => reject(new Error(`The system for the flows did not start (exit code ${code}); the reason is above.`))),
    );
  });
}

import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "./errors";
import type { Binaries } from "./package";
import { run } from "./run";
import type { ServerUser } from "./user";

const POLL_MS = 10;
const FAST_TIMEOUT_MS = 30_000;
const IMMEDIATE_TIMEOUT_MS = 5_000;
const KILL_TIMEOUT_MS = 5_000;

export interface StopTarget {
  pid: number;
  cluster: string;
  binaries: Binaries;
  user: ServerUser;
  /** Asked until it answers no. */
  isAlive: () => Promise<boolean>;
}

/** Stops a running server: fast (roll back, checkpoint, end), then, each after its time, immediate and by force. */
export async function stopServer(target: StopTarget): Promise<void> {
  const steps = [
    { signal: "SIGINT", mode: "fast", timeoutMs: FAST_TIMEOUT_MS },
    { signal: "SIGQUIT", mode: "immediate", timeoutMs: IMMEDIATE_TIMEOUT_MS },
    { signal: "SIGKILL", mode: "immediate", timeoutMs: KILL_TIMEOUT_MS },
  ] as const;
  for (const { signal, mode, timeoutMs } of steps) {
    await tell(target, signal, mode);
    if (await endsWithin(target, timeoutMs)) return;
  }
  throw new Error(`PostgreSQL (process ${target.pid}) on ${target.cluster} does not end. End it by hand, then start again.`);
}

/** Windows has no signals; there pg_ctl asks the server through its own pipe. */
async function tell({ pid, cluster, binaries, user }: StopTarget, signal: NodeJS.Signals, mode: string): Promise<void> {
  if (process.platform === "win32") {
    await run(binaries.pgCtl, ["stop", "-D", cluster, "-m", mode, "-W"], { user, cwd: cluster, timeoutMs: KILL_TIMEOUT_MS });
    return;
  }
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) === "ESRCH") return;
    throw new Error(
      `PostgreSQL (process ${pid}) still runs on ${cluster} and belongs to another user. Stop it as that user, then start again.`,
      { cause: error },
    );
  }
}

async function endsWithin({ isAlive }: StopTarget, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (!(await isAlive())) return true;
    await sleep(POLL_MS);
  }
  return false;
}

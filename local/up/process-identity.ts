import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** A process as it was when recorded. Its number alone says little: the system gives numbers out again. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in whatever form the system tells it; equal for the same process only. */
  startedAt: string;
}

const PS_TIMEOUT_MS = 3_000;
/** In /proc/<pid>/stat, counted after the parenthesised name: the state is the first, the start time in ticks the twentieth. */
const STATE_FIELD = 0;
const START_FIELD = 19;

/** The identity of a running process, or undefined if none has this number (a zombie is none). */
export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = existsSync("/proc/self/stat") ? startFromProc(pid) : startFromPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether the very process that was recorded still runs. */
export function stillRuns(recorded: ProcessIdentity): boolean {
  return identify(recorded.pid)?.startedAt === recorded.startedAt;
}

function startFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[STATE_FIELD] === "Z" ? undefined : fields[START_FIELD];
  } catch (error) {
    return notThere(error);
  }
}

function startFromPs(pid: number): string | undefined {
  try {
    const started = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
      encoding: "utf8",
      timeout: PS_TIMEOUT_MS,
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return started === "" ? undefined : started;
  } catch (error) {
    return notThere(error);
  }
}

/** A process that ended between two looks is the normal case here; a missing `ps` is not. */
function notThere(error: unknown): undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  if (code === "ENOENT" && error instanceof Error && "syscall" in error && String(error.syscall).startsWith("spawn")) throw error;
  if (code === "ENOENT" || code === "ESRCH" || status === 1) return undefined;
  throw error;
}

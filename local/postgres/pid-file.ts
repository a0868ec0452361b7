import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { errorCode } from "./errors";

const ASK_TIMEOUT_MS = 10_000;
/** The program itself, not a file or folder whose name begins alike; arguments end with a zero byte or a space. */
const POSTGRES_COMMAND = /(^|[\\/])postgres(\.exe)?"?[\s\0]/;
const MAX_ANSWER_BYTES = 1024 * 1024;

export interface PidFile {
  pid: number;
  /** "starting", "ready", "stopping" or "standby", as PostgreSQL wrote it; empty before its first word. */
  status: string;
}

/** What postmaster.pid of a cluster says, or undefined if there is none or it is not yet whole. */
export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(pidFilePath(cluster), "utf8").catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n");
  const pid = Number.parseInt(lines[0] ?? "", 10);
  return Number.isInteger(pid) && pid > 1 ? { pid, status: (lines[7] ?? "").trim() } : undefined;
}

export function pidFilePath(cluster: string): string {
  return join(cluster, "postmaster.pid");
}

/**
 * Whether this very process id is, now, a living postgres on this cluster. A number alone proves nothing: after a crash
 * or in a new container it may belong to anything.
 */
export async function isServerOf(cluster: string, pid: number): Promise<boolean> {
  const command = await commandOf(pid);
  if (!POSTGRES_COMMAND.test(command)) return false;
  return command.includes(cluster) || (await workingFolderOf(pid)) === cluster;
}

/** Empty for a process that is gone, or ended and not yet collected by its parent. */
async function commandOf(pid: number): Promise<string> {
  if (process.platform === "linux") {
    return readFile(`/proc/${pid}/cmdline`, "utf8").catch((error: unknown) => {
      if (errorCode(error) === "ENOENT" || errorCode(error) === "ESRCH") return "";
      throw error;
    });
  }
  if (process.platform === "win32") {
    return ask("powershell.exe", [
      "-NoProfile",
      "-Command",
      `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`,
    ]);
  }
  return ask("ps", ["-ww", "-o", "command=", "-p", String(pid)]);
}

/** PostgreSQL changes into its cluster folder; only the same user (or root) may see it, and only on Linux. */
async function workingFolderOf(pid: number): Promise<string | undefined> {
  if (process.platform !== "linux") return undefined;
  return readlink(`/proc/${pid}/cwd`).catch((error: unknown) => {
    if (["ENOENT", "ESRCH", "EACCES", "EPERM"].includes(errorCode(error) ?? "")) return undefined;
    throw error;
  });
}

async function ask(program: string, args: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, args, { timeout: ASK_TIMEOUT_MS, maxBuffer: MAX_ANSWER_BYTES });
    return stdout;
  } catch (error) {
    // `ps` exits with 1 when there is no such process; anything else is a fault worth hearing of.
    if (typeof error === "object" && error !== null && "code" in error && error.code === 1) return "";
    throw error;
  }
}

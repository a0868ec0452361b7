import { spawn } from "node:child_process";
import { errorText } from "./errors";
import { serverEnvironment } from "./run";
import type { ServerUser } from "./user";

/** Reads until this process is gone, then asks PostgreSQL for a fast shutdown. */
const SCRIPT = 'read -r _; kill -INT "$1" 2>/dev/null';

/**
 * Sees to it that PostgreSQL does not outlive this process, even after a kill -9: a shell waits on a pipe that only the
 * death of this process closes. Returns how to dismiss it. Windows has no such shell; there the next start cleans up.
 */
export function watchOver(serverPid: number, user: ServerUser, cwd: string, log: (line: string) => void): () => void {
  if (process.platform === "win32") return () => undefined;
  // Detached, so that a Ctrl-C in the terminal reaches neither it nor PostgreSQL before this process has decided.
  const child = spawn("/bin/sh", ["-c", SCRIPT, "watch-postgres", String(serverPid)], {
    ...user,
    cwd,
    env: serverEnvironment(),
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  child.once("error", (error) => log(`Nothing will stop PostgreSQL if this process is killed: ${errorText(error)}`));
  child.stdin.on("error", (error) => log(`The watch over PostgreSQL ended early: ${errorText(error)}`));
  child.unref();
  return () => {
    child.kill("SIGKILL");
    child.stdin.destroy();
  };
}

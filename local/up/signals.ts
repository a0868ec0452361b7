/** Sends a signal to a child and all it started: each child leads a process group of its own. Gone already is fine. */
export function endGroup(pid: number, signal: "SIGTERM" | "SIGKILL"): void {
  send(pid, process.platform === "win32" ? pid : -pid, signal);
}

/** Sends a signal to one process. Gone already is fine. */
export function endOne(pid: number, signal: "SIGTERM" | "SIGKILL"): void {
  send(pid, pid, signal);
}

function send(pid: number, target: number, signal: "SIGTERM" | "SIGKILL"): void {
  // 0 and 1 would mean our own group, and everyone.
  if (pid <= 1) return;
  try {
    process.kill(target, signal);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return;
    throw error;
  }
}

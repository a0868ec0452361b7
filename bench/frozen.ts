import type { System } from "../local/up/system";

/** Holds the queue still while `work` runs: its process is there and answers nobody, as behind a cut network. */
export async function withQueueFrozen<T>({ pids }: System, work: () => Promise<T>): Promise<T> {
  const pid = pids.inngest;
  if (pid === undefined) throw new Error("The queue's stand-in is not running.");
  process.kill(pid, "SIGSTOP");
  try {
    return await work();
  } finally {
    process.kill(pid, "SIGCONT");
  }
}

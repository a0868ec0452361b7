import { rm } from "node:fs/promises";
import type { Binaries } from "./package";
import { isServerOf, pidFilePath, readPidFile } from "./pid-file";
import { stopServer } from "./stop-server";
import type { ServerUser } from "./user";

/**
 * Ends a server that an earlier start left running on this cluster, so that exactly one start owns it, and clears a
 * postmaster.pid whose number now belongs to some other program: PostgreSQL would refuse to start beside that one.
 */
export async function stopLeftover(options: {
  cluster: string;
  binaries: Binaries;
  user: ServerUser;
  log: (line: string) => void;
}): Promise<void> {
  const { cluster, log } = options;
  const found = await readPidFile(cluster);
  if (!found) return;
  const isAlive = () => isServerOf(cluster, found.pid);
  if (await isAlive()) {
    log(`An earlier PostgreSQL (process ${found.pid}) still runs on ${cluster}: stopping it.`);
    await stopServer({ ...options, pid: found.pid, isAlive });
  }
  const remaining = await readPidFile(cluster);
  if (remaining?.pid === found.pid) await rm(pidFilePath(cluster), { force: true });
}

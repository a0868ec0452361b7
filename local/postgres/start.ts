import { chmod, mkdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { ensureCluster } from "./cluster";
import { openGate } from "./gate";
import { stopLeftover } from "./leftover";
import { findBinaries } from "./package";
import { provision } from "./provision";
import { startServer } from "./server";
import { assertReachable, chooseServerUser } from "./user";

export interface PostgresOptions {
  /** Everything of this database lives here; made if it is missing. */
  dataDir: string;
  /** A free port of 127.0.0.1 unless given; likewise gatePort. */
  port?: number;
  gatePort?: number;
  passwords: { owner: string; app: string };
  log?: (line: string) => void;
  /** PostgreSQL settings over the defaults of settings.ts. */
  settings?: Record<string, string>;
}

export interface Postgres {
  port: number;
  gatePort: number;
  ownerUrl: string;
  appUrl: string;
  /** ws://127.0.0.1:PORT, for the driver's wsProxy; the same port answers HTTP on /sql. */
  gateUrl: string;
  /** Settles when PostgreSQL is gone, asked or not. */
  exited: Promise<void>;
  /** Fast shutdown: open transactions are rolled back, everything is written, the next start needs no recovery. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash; the next start recovers what was committed. */
  kill(): Promise<void>;
}

/**
 * Starts PostgreSQL with its gate and makes sure of roles, databases and extensions. A server still running on the same
 * folder is stopped first, so the newest start always owns it.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { passwords, log = () => undefined } = options;
  if (!passwords.owner || !passwords.app)
    throw new Error("startPostgres needs a password for the owner and one for the application.");
  const place = await preparePlace(options.dataDir, log);
  await stopLeftover(place);
  const superuserPassword = await ensureCluster(place);
  const server = await startServer({ ...place, port: options.port, settings: options.settings ?? {} });
  try {
    const urls = await provision({ port: server.port, superuserPassword, passwords });
    const gate = await openGate({ port: options.gatePort ?? 0, postgresPort: server.port, log });
    const closeWith = async (end: () => Promise<void>) => {
      await Promise.all([gate.close(), end()]);
    };
    return {
      ...urls,
      port: server.port,
      gatePort: gate.port,
      gateUrl: `ws://127.0.0.1:${gate.port}`,
      exited: server.exited,
      stop: () => closeWith(server.stop),
      kill: () => closeWith(server.kill),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function preparePlace(folder: string, log: (line: string) => void) {
  await mkdir(folder, { recursive: true });
  const dataDir = await realpath(folder);
  const cluster = join(dataDir, "cluster");
  const user = await chooseServerUser(cluster);
  const binaries = await findBinaries();
  if (user.uid !== undefined) await chmod(dataDir, 0o711);
  await assertReachable(user, dataDir);
  await assertReachable(user, binaries.postgres);
  await assertReachable(user, join(binaries.nativeFolder, "share", "postgresql"));
  return { dataDir, cluster, user, binaries, log };
}

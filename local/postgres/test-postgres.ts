import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { neonConfig } from "@neondatabase/serverless";
import { WebSocket } from "ws";
import { type Postgres, type PostgresOptions, startPostgres } from "./start";

export const PASSWORDS = { owner: 'owner\'s "own" p@ss/word', app: "app-password" };

export interface TestPostgres {
  dataDir: string;
  current: () => Postgres;
  /** Starts once more on the same data folder, whatever became of the last. */
  startAgain: (options?: Partial<PostgresOptions>) => Promise<Postgres>;
  /** Stops the last one and removes the data. */
  remove: () => Promise<void>;
}

/** A real PostgreSQL in a folder of its own, on free ports. */
export async function startTestPostgres(log?: (line: string) => void): Promise<TestPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), "steller-postgres-"));
  const start = (options: Partial<PostgresOptions> = {}) => startPostgres({ dataDir, passwords: PASSWORDS, log, ...options });
  let current = await start();
  return {
    dataDir,
    current: () => current,
    startAgain: async (options) => {
      current = await start(options);
      return current;
    },
    remove: async () => {
      await current.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Points the driver at a gate. These are all the settings it needs; the database URL stays as it is in production. */
export function useGate(gateUrl: string): void {
  const { host } = new URL(gateUrl);
  neonConfig.webSocketConstructor = WebSocket;
  neonConfig.wsProxy = () => `${host}/v2`;
  neonConfig.fetchEndpoint = () => `http://${host}/sql`;
  neonConfig.useSecureWebSocket = false;
  neonConfig.pipelineTLS = false;
  neonConfig.pipelineConnect = false;
  neonConfig.coalesceWrites = false;
}

/** The same role and database at an address as Neon gives it: the gate must not care. */
export function asNeonUrl(url: string): string {
  const shaped = new URL(url);
  shaped.host = "ep-cool-shape-123456-pooler.eu-central-1.aws.neon.tech:5432";
  shaped.searchParams.set("sslmode", "require");
  shaped.searchParams.set("channel_binding", "require");
  return shaped.toString();
}

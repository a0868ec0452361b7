import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/node";
import { Pool } from "pg";
import { startPostgres } from "../../postgres/start";
import { type InngestOptions, type InngestServer, startInngest } from "../start";

export const SIGNING_KEY = "signkey-local-0a1b2c3d4e5f60718293a4b5c6d7e8f9";
export const EVENT_KEY = "local-event-key";
const RETRY_INTERVAL_MS = 30;

export interface Database {
  url: string;
  query: <T>(sql: string, values?: unknown[]) => Promise<T[]>;
  /** Kills it as a crash would, and starts it again at the same address. */
  crash: () => Promise<void>;
  stop: () => Promise<void>;
}

/** A real PostgreSQL with an empty database for this server, in a folder of its own. */
export async function startDatabase(): Promise<Database> {
  const dataDir = await mkdtemp(join(tmpdir(), "steller-inngest-"));
  const launch = (port?: number) =>
    startPostgres({ dataDir, passwords: { owner: "owner", app: "app" }, ...(port ? { port } : {}) });
  let postgres = await launch();
  const url = new URL(postgres.ownerUrl);
  url.pathname = "/inngest";
  const pool = new Pool({ connectionString: url.href, max: 1 });
  pool.on("error", () => undefined);
  return {
    url: url.href,
    query: async (sql, values = []) => (await pool.query(sql, values)).rows,
    crash: async () => {
      await postgres.kill();
      postgres = await launch(postgres.port);
    },
    stop: async () => {
      await pool.end();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface App {
  url: string;
  port: number;
  server: Server;
  close: () => Promise<void>;
}

/** An address to serve functions from; what answers there is given by `mount`. */
export async function openApp(): Promise<App> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/inngest`,
    port,
    server,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Serves functions with the SDK; a later mount takes the place of the former. */
export function mount(app: App, client: Inngest, functions: InngestFunction.Any[]): void {
  app.server.removeAllListeners("request");
  app.server.on("request", serve({ client, functions }));
}

/** A client as the product makes it: cloud mode, both keys, and the address of the server. */
export function createClient(id: string, baseUrl: string, checkpointing = true): Inngest {
  const silent = () => undefined;
  const logger = { debug: silent, info: silent, warn: silent, error: silent };
  return new Inngest({ id, eventKey: EVENT_KEY, signingKey: SIGNING_KEY, baseUrl, checkpointing, logger, isDev: false });
}

export function start(databaseUrl: string, options: Partial<InngestOptions> = {}): Promise<InngestServer> {
  return startInngest({
    databaseUrl,
    eventKey: EVENT_KEY,
    signingKey: SIGNING_KEY,
    appUrls: [],
    retryIntervalMs: RETRY_INTERVAL_MS,
    ...options,
  });
}

export interface RunView {
  run_id: string;
  function_id: string;
  status: string;
  ended_at: string | null;
  output: unknown;
}

/** What the REST API tells of the runs an event started. */
export async function runsOf(baseUrl: string, eventId: string | undefined): Promise<RunView[]> {
  const response = await fetch(`${baseUrl}/v1/events/${eventId}/runs`, { headers: { authorization: `Bearer ${SIGNING_KEY}` } });
  const { data } = (await response.json()) as { data: RunView[] };
  return data;
}

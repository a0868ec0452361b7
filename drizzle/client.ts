import { neonConfig, Pool, type PoolClient, types } from "@neondatabase/serverless";
import { drizzle, type NeonDatabase } from "drizzle-orm/neon-serverless";
import ws from "ws";
import { env } from "@/lib/env";
import * as schema from "./schema";

export type Database = NeonDatabase<typeof schema>;
/** A database or a transaction on it: what a query helper takes. */
export type Executor = Pick<Database, "select" | "selectDistinct" | "insert" | "update" | "delete" | "execute">;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

const POOL_SIZE = 20;
const CONNECT_TIMEOUT_MS = 5_000;
const IDLE_TIMEOUT_MS = 30_000;
/** A statement that runs longer holds locks that orders wait for. */
const STATEMENT_TIMEOUT_MS = 20_000;

let database: { db: Database; pool: Pool } | undefined;

/** The application's own connections, under the role that can do only what the application does. */
export function db(): Database {
  database ??= connect(env().DATABASE_URL);
  return database.db;
}

/** A second database handle, for migrations and tools. The caller ends the pool. */
export function connect(url: string): { db: Database; pool: Pool } {
  pointDriver(env().DATABASE_WS_PROXY);
  const pool = new Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  });
  // Without listeners a connection that is lost, idle or in use, ends the process. The pool replaces it, and the query it was lost in fails.
  pool.on("error", () => undefined);
  pool.on("connect", (client: PoolClient) => client.on("error", () => undefined));
  return { db: drizzle(pool, { schema }), pool };
}

/**
 * Node 20 has no WebSocket of its own. An address of `ws:` is plain, so the driver's TLS shortcuts are off; joining the writes of a tick
 * was measured to cost six times the time of a short transaction there.
 */
function pointDriver(proxyUrl: string | undefined): void {
  neonConfig.webSocketConstructor = ws;
  if (!proxyUrl) return;
  const { host, protocol } = new URL(proxyUrl);
  neonConfig.wsProxy = () => `${host}/v2`;
  neonConfig.fetchEndpoint = () => `${protocol === "ws:" ? "http" : "https"}://${host}/sql`;
  if (protocol !== "ws:") return;
  neonConfig.useSecureWebSocket = false;
  neonConfig.pipelineTLS = false;
  neonConfig.pipelineConnect = false;
  neonConfig.coalesceWrites = false;
}

const INT8_OID = 20;

/** Counts and sums come as bigint text; all of ours fit a safe integer, and one that does not must not be rounded silently. */
types.setTypeParser(INT8_OID, (text: string) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`Database integer beyond what a number holds: ${text}`);
  return value;
});

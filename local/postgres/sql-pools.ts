import pg from "pg";
import { errorText } from "./errors";
import type { Connection } from "./sql-request";

const SESSIONS_PER_POOL = 10;
const MAX_POOLS = 16;
const IDLE_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 10_000;

export interface Pools {
  withSession<Result>(connection: Connection, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Keeps a few sessions per role and database. A session is wiped before anyone else gets it. */
export function openPools(postgresPort: number, log: (line: string) => void): Pools {
  const pools = new Map<string, pg.Pool>();

  function poolFor(connection: Connection): pg.Pool {
    const key = JSON.stringify([connection.user, connection.password, connection.database]);
    const known = pools.get(key);
    const pool = known ?? makePool(connection);
    // Taken out and put back: a Map keeps order, so the first is always the one unused for longest.
    pools.delete(key);
    pools.set(key, pool);
    const [oldestKey, oldest] = pools.entries().next().value ?? [];
    if (pools.size > MAX_POOLS && oldestKey !== undefined && oldest) {
      pools.delete(oldestKey);
      oldest.end().catch((error: unknown) => log(`Closing an unused pool failed: ${errorText(error)}`));
    }
    return pool;
  }

  function makePool(connection: Connection): pg.Pool {
    const pool = new pg.Pool({
      ...connection,
      host: "127.0.0.1",
      port: postgresPort,
      ssl: false,
      max: SESSIONS_PER_POOL,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    pool.on("error", (error) => log(`A session of POST /sql ended: ${errorText(error)}`));
    return pool;
  }

  async function withSession<Result>(connection: Connection, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await poolFor(connection).connect();
    // The pool listens only to idle sessions; without this, one that is lost in use would end the whole process.
    const onLoss = (error: Error) => log(`A session of POST /sql was lost: ${errorText(error)}`);
    client.on("error", onLoss);
    const giveBack = (isSpoilt: boolean) => {
      client.off("error", onLoss);
      client.release(isSpoilt);
    };
    try {
      return await work(client);
    } finally {
      // Before the answer goes out, so that its reader finds no lock of this request still held. A session that cannot be
      // wiped (left inside a transaction, or gone) is thrown away.
      await client.query("discard all").then(
        () => giveBack(false),
        () => giveBack(true),
      );
    }
  }

  async function close(): Promise<void> {
    await Promise.all([...pools.values()].map((pool) => pool.end()));
  }

  return { withSession, close };
}

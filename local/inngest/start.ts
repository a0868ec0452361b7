import type { AddressInfo } from "node:net";
import { createApi } from "./api/server";
import { createEngine } from "./engine/create-engine";
import { CronClock } from "./engine/cron-clock";
import { Housekeeping } from "./engine/housekeeping";
import { freeLeases } from "./store/leases";
import { migrate } from "./store/migrate";
import { OwnerLock } from "./store/owner-lock";
import { openPool } from "./store/pool";
import { assertSigningKey } from "./wire/signature";

export interface InngestOptions {
  /** 0 or nothing: any free one. */
  port?: number;
  /** Its schema `inngest` is created and kept by this server alone. */
  databaseUrl: string;
  eventKey: string;
  /** `signkey-local-<even number of hex digits>`, the same as the app's. */
  signingKey: string;
  /** Where apps serve their functions, e.g. `http://127.0.0.1:3000/api/inngest`; asked to register until they do. */
  appUrls: string[];
  /** Instead of production's growing pauses between attempts. */
  retryIntervalMs?: number;
  log?: (line: string) => void;
}

export interface InngestServer {
  url: string;
  port: number;
  /** Lets calls under way end for a moment, cuts the rest (they are made again at the next start), closes everything. */
  stop(): Promise<void>;
}

const HOST = "127.0.0.1";

/** Starts a local Inngest server: cloud mode, state in PostgreSQL, one server per database. */
export async function startInngest(options: InngestOptions): Promise<InngestServer> {
  assertSigningKey(options.signingKey);
  if (options.eventKey === "") throw new Error("The Inngest event key is empty: set INNGEST_EVENT_KEY.");
  const log = options.log ?? (() => {});
  const pool = openPool(options.databaseUrl, (error) => log(`an idle database connection was lost: ${error.message}`));
  const lock = new OwnerLock(options.databaseUrl, log, () => engine.wake());
  const { engine, scheduler, sync, close } = createEngine({ ...options, pool, log, isOwner: () => lock.owned });
  const crons = new CronClock(engine);
  const housekeeping = new Housekeeping(engine);
  const onRegistered = async (appId: string, modified: boolean) => {
    if (modified) await engine.registry.load();
    if (modified) crons.look();
    engine.registry.confirm(appId);
    engine.wake();
  };
  const api = createApi({ engine, eventKey: options.eventKey, onRegistered });
  try {
    await lock.take();
    await migrate(pool);
    const freed = await freeLeases(pool);
    if (freed > 0) log(`${freed} items of a former server are taken up again`);
    await engine.registry.load();
    await housekeeping.restoreThrottles();
    await listen(api, options.port ?? 0);
  } catch (error) {
    await lock.stop();
    await pool.end();
    throw error;
  }
  scheduler.start();
  sync.start();
  crons.look();
  housekeeping.start();
  const { port } = api.address() as AddressInfo;

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    sync.stop();
    housekeeping.stop();
    await crons.stop();
    await scheduler.stop();
    await close();
    api.closeAllConnections();
    await new Promise<void>((resolve) => api.close(() => resolve()));
    await lock.stop();
    await pool.end();
  };
  return { url: `http://${HOST}:${port}`, port, stop: () => (stopping ??= stop()) };
}

function listen(api: ReturnType<typeof createApi>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    api.once("error", reject);
    api.listen(port, HOST, () => resolve());
  });
}

import type { Pool } from "pg";
import { Registry } from "../apps/registry";
import { AppSync } from "../apps/sync-apps";
import { Admission } from "../flow-control/admission";
import { Batcher } from "../store/batcher";
import { type Changes, noChanges } from "../store/rows";
import { writeBatch } from "../store/write-batch";
import { HttpClient } from "../wire/http-client";
import { createClock } from "./clock";
import type { Engine } from "./engine";
import { planRuns } from "./plan-runs";
import { RunCache } from "./run-cache";
import { Scheduler } from "./scheduler";
import { writeUntilDone } from "./write-until-done";

/** How long a stop waits for calls under way before it cuts them. */
const STOP_GRACE_MS = 1000;

export interface EngineOptions {
  pool: Pool;
  appUrls: readonly string[];
  signingKey: string;
  retryIntervalMs?: number;
  log: (line: string) => void;
  /** False while another server may own the database. */
  isOwner: () => boolean;
}

/** Puts the parts together; nothing runs until they are started. */
export function createEngine(options: EngineOptions): {
  engine: Engine;
  scheduler: Scheduler;
  sync: AppSync;
  close: () => Promise<void>;
} {
  const { pool, log, signingKey } = options;
  let stopped = false;
  const registry = new Registry(pool);
  const http = new HttpClient();
  const moment = createClock(registry, options.retryIntervalMs);
  const writer = new Batcher<Changes>(async (batch) => {
    const { nowMs, newId } = moment();
    const context = { find: registry.find.bind(registry), triggeredBy: registry.triggeredBy.bind(registry), newId, nowMs };
    scheduler.wakeAt(await writeBatch(pool, batch, (emission) => planRuns(emission, context), nowMs));
  });
  const engine: Engine = {
    pool,
    registry,
    runs: new RunCache(pool),
    admission: new Admission((id) => registry.find(id)),
    http,
    signingKey,
    inFlight: new Map(),
    write: (changes) => writeUntilDone(() => writer.add(changes), { log, stopped: () => stopped }),
    emit: (emissions) => writer.add({ ...noChanges(), emissions }),
    moment,
    wake: () => scheduler.wake(),
    stopping: () => stopped,
    log,
  };
  const sync = new AppSync({ urls: options.appUrls, http, signingKey, log, onSynced: () => scheduler.wake() });
  // A server that starts before its app must not use up the attempts of runs that are still to be done, so they are held.
  const heldFunctions = () => (sync.isWaiting() ? registry.unconfirmed() : []);
  const scheduler = new Scheduler(engine, heldFunctions, options.isOwner);
  const close = async () => {
    const timer = setTimeout(() => {
      stopped = true;
      http.close();
    }, STOP_GRACE_MS);
    await scheduler.settled();
    clearTimeout(timer);
    stopped = true;
    http.close();
    await writer.idle();
  };
  return { engine, scheduler, sync, close };
}

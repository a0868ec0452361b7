import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { type Callbacks, takeCallbacks } from "@/bench/supplier/callbacks";
import { sendEvents } from "@/inngest/client";
import { relayOutbox } from "@/lib/outbox";
import type { BambooControl } from "@/local/bamboo/control";
import { sandbox } from "@/local/testing/factories";
import { setNotification } from "@/local/up/first-news";
import { isolatedVariables } from "@/local/up/isolated";
import { ROOT } from "@/local/up/root";
import { type System, startSystem } from "@/local/up/system";
import { booksOff } from "../support/books";
import { Customers } from "./customers";
import { Fleet } from "./fleet";
import { stockShelf } from "./shelf";

const SUPPLIER_FUNDS = 100_000_000;
const INSTANCES = 10;
/** Few products in a purchase, so that there are many purchases. */
const MAX_LINES = 3;
/** The third of those that drain first. */
const WRONG_CLOCK = { index: 2, offMs: 30_000 };

/** The stand-ins, ten instances of the product, its customers, and this process as its web server and its queue. */
export interface Stage {
  control: BambooControl;
  fleet: Fleet;
  customers: Customers;
  /** What does not agree between our books and the supplier's. */
  booksOff(): Promise<string[]>;
  stop(): Promise<void>;
}

/** The folder, below `.data`, is kept until the next run, for the logs. */
export async function setStage(name: string): Promise<Stage> {
  const folder = join(ROOT, ".data", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const { env } = await startServices(folder, closing);
    const control = sandbox();
    await control.setBalance(Number(env.BAMBOO_ACCOUNT_ID), SUPPLIER_FUNDS);
    const callbacks: Callbacks = await takeCallbacks();
    closing.push(() => callbacks.stop());
    await setNotification({ ...env, APP_URL: callbacks.url });
    const database = new pg.Client({ connectionString: env.DATABASE_URL_UNPOOLED });
    await database.connect();
    closing.push(() => database.end());
    const [wares, fleet] = await Promise.all([
      stockShelf(control),
      Fleet.start({
        folder,
        instances: INSTANCES,
        env: { DISPATCH_MAX_LINES: String(MAX_LINES) },
        wrongClock: WRONG_CLOCK,
      }),
    ]);
    closing.push(() => fleet.stop());
    const booksNow = async () => {
      await relayAll();
      return booksOff(database, control);
    };
    return { control, fleet, customers: await Customers.open(wares), booksOff: booksNow, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A relay sends so many at most. */
const MAX_RELAYS = 20;

async function relayAll(): Promise<void> {
  for (let relays = 0; relays < MAX_RELAYS; relays++) if ((await relayOutbox(sendEvents)) === 0) return;
}

async function startServices(folder: string, closing: (() => Promise<unknown>)[]): Promise<System> {
  const system = await startSystem({
    dataDir: join(folder, "services"),
    mode: "services-only",
    env: isolatedVariables(),
    port: 0,
    seed: false,
    log: console.log,
  });
  closing.push(() => system.stop());
  Object.assign(process.env, system.env);
  return system;
}

import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import { startTripProxy } from "../local/testing/trips/trip-proxy";
import type { System } from "../local/up/system";
import { acceptTable, type QueuedCell } from "./accept-table";
import type { Bench, BenchOptions } from "./bench";
import { type Cell, measureBeside } from "./cells";
import { countTrips } from "./count-trips";
import { readCatalogue } from "./first-catalogue";
import { withQueueFrozen } from "./frozen";
import { type Card, openOrderClient } from "./order-client";
import { inTurn, type Market, populate } from "./population";
import { startPortal } from "./portal";
import { withServices } from "./services";
import { startBareServer } from "./start-bare-server";

const CONNECTIONS = [1, 8, 32];
const DELAY_MS = 5;
const FROZEN_CONNECTIONS = 8;
const MAX_CARDS = 200;

export const accept: Bench = {
  title: "POST /api/v1/orders through the production build, beside a minimal Node server that runs the same statements",
  starts:
    "Starts all stand-ins on a folder of its own under .data/bench, builds the portal unless the build is up to date, and serves it.",
  run: (options) => withServices("accept", options, (services, folder) => measure(services, folder, options)),
};

async function measure(services: System, folder: string, options: BenchOptions): Promise<Record<string, number>> {
  const { market, trips, delayed } = await measureTrips(services, folder, options);
  const cells = await measureDirect(services, folder, market, options);
  options.say(`\n${acceptTable([delayed, ...cells])}\nA warm request: ${trips} round trips to the database.`);
  const figures: Record<string, number> = {};
  for (const { name, clients, perSecond, p50Ms, p99Ms } of cells) {
    const key = name === "portal" ? clients : `${name}_${clients}`;
    Object.assign(figures, { [`p50_ms_${key}`]: p50Ms, [`p99_ms_${key}`]: p99Ms, [`per_s_${key}`]: perSecond });
  }
  return { ...figures, db_round_trips: trips, with_5ms_per_trip_p50_ms: delayed.p50Ms, with_5ms_per_trip_p99_ms: delayed.p99Ms };
}

/** The portal with its database behind a proxy: how many trips one request makes, and what they cost where each takes 5 ms. */
async function measureTrips(services: System, folder: string, options: BenchOptions) {
  const gate = new URL(services.env.DATABASE_WS_PROXY ?? "");
  const proxy = await startTripProxy({ targetPort: Number(gate.port) });
  const portal = await startPortal(services, folder, options, `ws://127.0.0.1:${proxy.port}`);
  try {
    await readCatalogue(services, portal.urls.portal, options.signal);
    const market = { people: await populate(), cards: await findCards() };
    const trips = await withQueueFrozen(services, () => countTrips(portal.urls.portal, market, proxy));
    proxy.delayMs = DELAY_MS;
    const [delayed] = await measureOrders({ with_5ms_per_trip: portal.urls.portal }, 1, market, options);
    if (!delayed) throw new Error("The cell with 5 ms a trip is missing.");
    return { market, trips, delayed };
  } finally {
    await portal.stop();
    await proxy.close();
  }
}

/** The portal as it is in production, the queue buying all the while; once more with the queue held still. */
async function measureDirect(services: System, folder: string, market: Market, options: BenchOptions): Promise<QueuedCell[]> {
  const portal = await startPortal(services, folder, options);
  const bare = await startBareServer();
  const origins = { portal: portal.urls.portal, bare: bare.url };
  try {
    const cells: QueuedCell[] = [];
    for (const connections of CONNECTIONS) cells.push(...(await measureOrders(origins, connections, market, options)));
    const frozen = () => measureOrders({ queue_stopped: origins.portal }, FROZEN_CONNECTIONS, market, options);
    return [...cells, ...(await withQueueFrozen(services, frozen))];
  } finally {
    await Promise.all([portal.stop(), bare.stop()]);
  }
}

/** Orders at each address with so many connections, in turns. */
async function measureOrders(
  origins: Record<string, string>,
  connections: number,
  { people, cards }: Market,
  options: BenchOptions,
): Promise<QueuedCell[]> {
  const waiting = await countWaiting();
  const [person, card] = [inTurn(people), inTurn(cards)];
  const clients = Object.entries(origins).map(([name, origin]) => ({ name, client: openOrderClient(origin, connections) }));
  try {
    const variants = clients.map(({ name, client }) => ({ name, act: () => client.order(person(), card()) }));
    const cells: Cell[] = await measureBeside(variants, connections, options);
    for (const { name, perSecond, p50Ms } of cells)
      options.say(`  ${name} at ${connections}: ${perSecond} a second, p50 ${p50Ms} ms`);
    return cells.map((cell) => ({ ...cell, waiting }));
  } finally {
    for (const { client } of clients) client.close();
  }
}

async function countWaiting(): Promise<number> {
  const { rows } = await db().execute<{ count: number }>(sql`select count(*) from orders where status = 'queued'`);
  return rows[0]?.count ?? 0;
}

/** Cards of one fixed price that can be had in any number: many, since the supplier sells six times a minute of each. */
export async function findCards(): Promise<Card[]> {
  const { rows } = await db().execute<{ id: number; face: number }>(sql`
    select id, face_min_minor as face from products
    where face_min_minor = face_max_minor and stock is null and withdrawn_at is null and face_currency = 'USD' and cost_currency = 'USD'
    order by id limit ${MAX_CARDS}`);
  return rows.map(({ id, face }) => ({ productId: id, faceMinor: face }));
}

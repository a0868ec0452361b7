import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { connect } from "@/drizzle/client";
import { env } from "@/lib/env";
import { BambooControl } from "../local/bamboo/control";
import { startBamboo } from "../local/bamboo/start";
import { startTripProxy } from "../local/testing/trips/trip-proxy";
import type { System } from "../local/up/system";
import type { Bench, BenchOptions } from "./bench";
import { type CatalogCell, measureCells, worstP95 } from "./catalog/cells";
import { portalMemoryMb } from "./catalog/memory";
import { type Buyer, populateCatalog } from "./catalog/population";
import { measureRefresh } from "./catalog/refresh";
import { type Asked, makeRequests } from "./catalog/requests";
import { countQueries } from "./catalog/trips";
import { readCatalogue } from "./first-catalogue";
import { withQueueFrozen } from "./frozen";
import { startPortal } from "./portal";
import { round } from "./sample";
import { withServices } from "./services";
import { startBareServer } from "./start-bare-server";
import { table } from "./table";

/** Some ten thousand products. */
const BRANDS = 420;
const CREDENTIALS = { clientId: "bench-SANDBOX", clientSecret: "bench-client-secret", controlToken: "bench-control" };
const ACCOUNT_ID = "901001";

export const catalog: Bench = {
  title: "The catalogue: lists and searches through the production build, beside a plain ILIKE with OFFSET; a refresh; memory",
  starts:
    "Starts all stand-ins on a folder of its own under .data/bench, builds the portal unless the build is up to date, and serves it.",
  run: async (options) => {
    const sandbox = await startBamboo({ ...CREDENTIALS, brands: BRANDS });
    const variables = {
      BAMBOO_BASE_URL: sandbox.url,
      BAMBOO_CLIENT_ID: CREDENTIALS.clientId,
      BAMBOO_CLIENT_SECRET: CREDENTIALS.clientSecret,
      BAMBOO_ACCOUNT_ID: ACCOUNT_ID,
      BAMBOO_NOTIFICATION_SECRET: randomUUID(),
    };
    const control = new BambooControl(sandbox.url, CREDENTIALS.controlToken);
    try {
      return await withServices("catalog", options, (services, folder) => measure(services, folder, control, options), variables);
    } finally {
      await sandbox.stop();
    }
  },
};

async function measure(services: System, folder: string, control: BambooControl, options: BenchOptions) {
  const { buyers, asked, queries } = await measureQueries(services, folder, options);
  const { cells, rssMb } = await measureAnswers(services, folder, asked, options);
  const refresh = await measureRefresh(control, options);
  options.say(`\n${cellTable(cells)}`);
  options.say(
    `\nQueries of one request: ${Object.entries(queries)
      .map(([name, most]) => `${name} ${most}`)
      .join(", ")}.`,
  );
  options.say(
    `${buyers.length} partners, ${refresh.products} products. A refresh with nothing new: ${refresh.idle.seconds} s, ${refresh.idle.rows} rows;`,
  );
  options.say(
    `with 1 % of the prices changed: ${refresh.changed.seconds} s, ${refresh.changed.rows} rows, ${refresh.changed.pageRows} by its pages. The portal holds ${rssMb} MB.`,
  );
  const named = (name: string, clients: number) => cells.filter((cell) => cell.name.startsWith(name) && cell.clients === clients);
  return {
    p95_ms: worstP95(named("warm", 1)),
    p95_16_ms: worstP95(named("warm", 16)),
    hit_p95_ms: worstP95(named("hit", 1)),
    hit_p95_16_ms: worstP95(named("hit", 16)),
    cold_p95_ms: worstP95(named("cold", 1)),
    cold_p95_16_ms: worstP95(named("cold", 16)),
    ilike_p95_ms: worstP95(named("ilike", 1)),
    ilike_p95_16_ms: worstP95(named("ilike", 16)),
    queries_per_request: Math.max(...Object.values(queries)),
    products: refresh.products,
    rows_written_1pct: refresh.changed.rows,
    rows_written_1pct_pages: refresh.changed.pageRows,
    rows_written_idle: refresh.idle.rows,
    refresh_s: refresh.changed.seconds,
    rss_mb: rssMb,
  };
}

/** The portal with its database behind a proxy that counts. Also reads the catalogue, for all that follows. */
async function measureQueries(services: System, folder: string, options: BenchOptions) {
  const gate = new URL(services.env.DATABASE_WS_PROXY ?? "");
  const proxy = await startTripProxy({ targetPort: Number(gate.port) });
  const portal = await startPortal(services, folder, options, `ws://127.0.0.1:${proxy.port}`);
  try {
    await readCatalogue(services, portal.urls.portal, options.signal);
    const buyers: Buyer[] = await populateCatalog();
    await tidy();
    const asked: Asked = await makeRequests(buyers);
    const queries = await withQueueFrozen(services, () => countQueries(portal.urls.portal, asked, proxy));
    return { buyers, asked, queries };
  } finally {
    await portal.stop();
    await proxy.close();
  }
}

async function measureAnswers(services: System, folder: string, asked: Asked, options: BenchOptions) {
  const portal = await startPortal(services, folder, options);
  const plain = await startBareServer("bench/catalog/plain-server.ts");
  try {
    const cells: CatalogCell[] = await measureCells({ portal: portal.urls.portal, plain: plain.url }, asked, options);
    return { cells, rssMb: portalMemoryMb(portal) };
  } finally {
    await Promise.all([portal.stop(), plain.stop()]);
  }
}

/** What autovacuum does by itself within minutes of so many new rows. */
async function tidy(): Promise<void> {
  const { db: owner, pool } = connect(env().DATABASE_URL_UNPOOLED ?? env().DATABASE_URL);
  await owner.execute(sql`vacuum analyze`).finally(() => pool.end());
}

function cellTable(cells: readonly CatalogCell[]): string {
  const rows = cells.map(({ name, clients, count, p50Ms, p95Ms }) => [name, clients, count, round(p50Ms, 1), round(p95Ms, 1)]);
  return table(["GET /api/v1/catalog", "connections", "answers", "p50 ms", "p95 ms"], rows);
}

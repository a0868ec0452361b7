import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { db } from "@/drizzle/client";
import { warmLimits } from "@/lib/bamboo/warm-limits";
import { beginRefresh, completeRefresh, type EndedRefresh, failRefresh, refreshPage } from "@/lib/refresh";
import { startTestBamboo, type TestBamboo, testCredentials } from "../bamboo/test-kit";
import { startTestPostgres } from "../postgres/test-postgres";
import { startUpstash } from "../upstash/start";

const TOKEN = "own-catalogue";

export interface OwnCatalogue {
  bamboo: TestBamboo;
  /** For a queue of the test's own, in the same cluster. */
  queueDatabaseUrl: string;
  /** The limits' memory as new, and no breaker open. */
  forget: () => Promise<void>;
  /** Runs `work` as the schema's owner, who may do what the application may not. */
  asOwner: (work: (owner: pg.Pool) => Promise<void>) => Promise<void>;
  stop: () => Promise<void>;
}

/**
 * A database, a cache and a supplier for one test file, since a full read withdraws what other files made. `set` names the variables of the
 * environment that lead there, before `env()` is first read. The supplier enforces no limits and ours leave no pause.
 */
export async function startOwnCatalogue(set: (name: string, value: string) => void, brands = 2): Promise<OwnCatalogue> {
  const [postgres, upstash, bamboo] = await Promise.all([
    startTestPostgres(),
    startUpstash({ token: TOKEN }),
    startTestBamboo({ brands }),
  ]);
  const { ownerUrl, appUrl, gateUrl } = postgres.current();
  const variables = {
    DATABASE_URL: appUrl,
    DATABASE_URL_UNPOOLED: ownerUrl,
    DATABASE_WS_PROXY: gateUrl,
    UPSTASH_REDIS_REST_URL: upstash.url,
    UPSTASH_REDIS_REST_TOKEN: TOKEN,
    BAMBOO_BASE_URL: bamboo.sandbox.url,
    BAMBOO_CLIENT_ID: testCredentials.clientId,
    BAMBOO_CLIENT_SECRET: testCredentials.clientSecret,
    BAMBOO_BUDGETS: '{"catalog":{"limit":1000,"windowMs":1000}}',
  };
  for (const [name, value] of Object.entries(variables)) set(name, value);
  const asOwner = async (work: (owner: pg.Pool) => Promise<void>) => {
    const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
    await work(pool).finally(() => pool.end());
  };
  await asOwner((owner) => migrate(drizzle(owner), { migrationsFolder: "drizzle/migrations" }));
  const forget = async () => {
    upstash.flush();
    await warmLimits([]);
  };
  await forget();
  return {
    bamboo,
    queueDatabaseUrl: Object.assign(new URL(ownerUrl), { pathname: "/inngest" }).href,
    forget,
    asOwner,
    stop: async () => {
      await Promise.all([bamboo.sandbox.stop(), upstash.stop()]);
      await postgres.remove();
    },
  };
}

/** Few brands make several pages. */
const PAGE_SIZE = 1;
const MAX_PAGES = 50;

export interface OwnRead {
  refreshId: string;
  /** Rows that each page wrote, its own row included. */
  rows: number[];
  ended: EndedRefresh;
}

/** One full read as the function does it, without its waits: a page that cannot be read, or may not be yet, ends it. */
export async function readCatalogue(acceptShrink = false): Promise<OwnRead> {
  const refreshId = await beginOwn("v2", acceptShrink);
  const rows: number[] = [];
  const failed = async (error: string) => {
    await failRefresh(refreshId, error);
    return { refreshId, rows, ended: { kind: "failed" as const, error } };
  };
  try {
    for (let page = 0; page < MAX_PAGES; page++) {
      const read = await refreshPage(refreshId, page, PAGE_SIZE);
      if (read.kind === "later") return await failed(`Page ${page + 1} is kept back for ${read.waitMs} ms.`);
      rows.push(read.rows);
      if (read.last) break;
    }
  } catch (thrown) {
    return failed(thrown instanceof Error ? thrown.message : "unknown cause");
  }
  return { refreshId, rows, ended: await completeRefresh(refreshId) };
}

export async function beginOwn(source: "v1" | "v2" = "v2", acceptShrink = false): Promise<string> {
  const began = await beginRefresh("admin", source, acceptShrink);
  if (began.kind !== "began") throw new Error("The reads of this hour are used up; forgetHour() makes room");
  return began.refreshId;
}

/** As if the reads so far, and what they changed, were of an earlier hour. */
export async function forgetHour(): Promise<void> {
  await db().execute(sql`update products set changed_at = changed_at - interval '2 hours'`);
  await db().execute(sql`
    update catalog_refreshes set started_at = started_at - interval '2 hours', status = case status when 'running' then 'failed' else status end`);
}

const VERSIONED = ["products", "brands", "categories", "brand_categories"];

/** Every row of the catalogue with who wrote it last and who locked it last. */
export async function rowVersions(): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for (const table of VERSIONED) {
    const { rows } = await db().execute<{ id: string; version: string }>(
      sql`select ${table} || ' ' || t.ctid as id, t.xmin || ' ' || t.xmax as version from ${sql.raw(table)} t`,
    );
    for (const { id, version } of rows) all.set(id, version);
  }
  return all;
}

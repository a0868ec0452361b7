import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startInngest } from "@/local/inngest/start";
import { startPostgres } from "@/local/postgres/start";
import { machineVariables } from "@/local/up/base-environment";
import { tsxArgs } from "@/local/up/root";
import { runScript } from "@/local/up/run-script";
import { bundleDriver } from "./bundle";
import { Lane } from "./lane";

/** PostgreSQL refuses to be root: started by root it runs as nobody, who must be able to walk to its data. */
const EVERYONE_MAY_ENTER = 0o755;
const KEY_BYTES = 32;
const MIGRATE_TIMEOUT_MS = 60_000;

export interface World {
  lanes: readonly Lane[];
  stop(): Promise<void>;
}

/**
 * One PostgreSQL and one Inngest for all, and lanes: each with a database, a Redis and a supplier of its own, so that cases run side by
 * side without meeting. Processes die here, not machines, so the disk need not be waited for.
 */
export async function startWorld(lanes: number): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), "steller-faults-"));
  chmodSync(dataDir, EVERYONE_MAY_ENTER);
  const closing: (() => Promise<unknown>)[] = [async () => rmSync(dataDir, { recursive: true, force: true })];
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const passwords = { owner: secret(), app: secret() };
    const postgres = await startPostgres({ dataDir: join(dataDir, "postgres"), passwords, settings: { fsync: "off" } });
    closing.push(() => postgres.stop());
    const environment = { ...secrets(), DATABASE_WS_PROXY: postgres.gateUrl };
    const [driver] = await Promise.all([bundleDriver(dataDir), migrate(postgres, environment, dataDir)]);
    const inngest = await startInngest({
      databaseUrl: inDatabase(postgres.ownerUrl, "inngest"),
      eventKey: environment.INNGEST_EVENT_KEY,
      signingKey: environment.INNGEST_SIGNING_KEY,
      appUrls: [],
    });
    closing.push(() => inngest.stop());
    const opened: Lane[] = [];
    for (let number = 1; number <= lanes; number++) {
      const database = `lane_${number}`;
      await copyDatabase(postgres, join(dataDir, "postgres"), database);
      const lane = await Lane.open({
        driver,
        ownerUrl: inDatabase(postgres.ownerUrl, database),
        ports: { postgres: postgres.gatePort, inngest: inngest.port },
        environment: { ...environment, DATABASE_URL: inDatabase(postgres.appUrl, database) },
      });
      closing.push(() => lane.close());
      opened.push(lane);
    }
    return { lanes: opened, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Postgres = Awaited<ReturnType<typeof startPostgres>>;

/** What each start makes up for itself. */
function secrets() {
  const key = () => randomBytes(KEY_BYTES).toString("base64");
  return {
    NODE_ENV: "test",
    APP_URL: "http://127.0.0.1:9",
    AUTH_SECRET: key(),
    INNGEST_EVENT_KEY: secret(),
    INNGEST_SIGNING_KEY: `signkey-local-${randomBytes(KEY_BYTES).toString("hex")}`,
    UPSTASH_REDIS_REST_TOKEN: secret(),
    BAMBOO_CLIENT_ID: "faults",
    BAMBOO_CLIENT_SECRET: secret(),
    BAMBOO_CONTROL_TOKEN: secret(),
    BAMBOO_NOTIFICATION_SECRET: secret(),
    CARD_MASTER_KEYS: `1:${key()}`,
    CARD_FINGERPRINT_KEY: key(),
  };
}

function secret(): string {
  return randomBytes(KEY_BYTES).toString("base64url");
}

function inDatabase(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href;
}

/** The schema is made once; each lane gets a copy. */
async function migrate(postgres: Postgres, environment: Record<string, string>, dataDir: string): Promise<void> {
  const elsewhere = {
    UPSTASH_REDIS_REST_URL: "http://127.0.0.1:9",
    BAMBOO_BASE_URL: "http://127.0.0.1:9",
    BAMBOO_ACCOUNT_ID: "1",
  };
  await runScript({
    name: "migrate",
    args: tsxArgs("drizzle/migrate.ts"),
    env: {
      ...machineVariables(process.env),
      ...environment,
      ...elsewhere,
      DATABASE_URL: postgres.appUrl,
      DATABASE_URL_UNPOOLED: postgres.ownerUrl,
    },
    dataDir,
    timeoutMs: MIGRATE_TIMEOUT_MS,
    advice: "Mend the migration, then run the tests again.",
  });
}

async function copyDatabase(postgres: Postgres, dataDir: string, database: string): Promise<void> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port: postgres.port,
    user: "postgres",
    password: readFileSync(join(dataDir, "superuser-password"), "utf8").trim(),
    database: "postgres",
  });
  await client.connect();
  try {
    await client.query(`create database ${database} template steller owner steller_owner`);
    await client.query(`grant connect on database ${database} to steller_app`);
  } finally {
    await client.end();
  }
}

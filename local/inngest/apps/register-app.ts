import { createHash } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { z } from "zod";
import { transaction } from "../store/pool";
import { canonicalJson } from "../wire/canonical-json";
import type { Json } from "../wire/json";
import { describeFaults, type FunctionConfig, functionConfig } from "./function-config";

const MAX_FUNCTIONS = 500;
const MAX_FAULTS_SHOWN = 10;

const registration = z.object({
  url: z.url({ protocol: /^https?$/ }),
  appName: z.string().min(1).max(255),
  framework: z.string().max(255).default(""),
  sdk: z.string().max(255).default(""),
  functions: z.array(z.looseObject({ id: z.string() })).max(MAX_FUNCTIONS),
});

export type RegisterResult = { ok: true; modified: boolean; syncId: string; appId: string } | { ok: false; error: string };

/**
 * Saves an app and its functions as one. `modified` tells whether anything differs from what was registered before. An option
 * that is not supported fails the whole registration, naming it.
 */
export async function registerApp(pool: Pool, body: Json | undefined, nowMs: number): Promise<RegisterResult> {
  const parsed = registration.safeParse(body);
  if (!parsed.success) return { ok: false, error: `registration refused: ${describeFaults("", parsed.error).join("; ")}` };
  const { functions, ...app } = parsed.data;
  const configs: FunctionConfig[] = [];
  const faults: string[] = [];
  for (const raw of functions) {
    const result = functionConfig.safeParse(raw);
    if (result.success) configs.push(result.data);
    else faults.push(...describeFaults(raw.id, result.error));
  }
  if (faults.length > 0) return { ok: false, error: `registration refused: ${faults.slice(0, MAX_FAULTS_SHOWN).join("; ")}` };
  const checksum = createHash("sha256")
    .update(canonicalJson([app.url, app.sdk, configs.map((config): Json => JSON.parse(JSON.stringify(config)))]))
    .digest("hex");
  const appId = uuidOf(`app:${app.appName}`);
  const modified = await transaction(pool, "begin", (client) => save(client, { appId, checksum, configs, nowMs, ...app }));
  return { ok: true, modified, syncId: uuidOf(`sync:${appId}:${checksum}`), appId };
}

interface Save {
  appId: string;
  appName: string;
  url: string;
  sdk: string;
  framework: string;
  checksum: string;
  configs: FunctionConfig[];
  nowMs: number;
}

async function save(client: PoolClient, app: Save): Promise<boolean> {
  const before = await client.query<{ checksum: string }>("select checksum from inngest.apps where id = $1 for update", [
    app.appId,
  ]);
  await client.query(
    `insert into inngest.apps (id, name, url, sdk, framework, checksum, synced_ms) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do update set url = excluded.url, sdk = excluded.sdk, framework = excluded.framework,
       checksum = excluded.checksum, synced_ms = excluded.synced_ms`,
    [app.appId, app.appName, app.url, app.sdk, app.framework, app.checksum, app.nowMs],
  );
  if (before.rows[0]?.checksum === app.checksum) return false;
  const ids = app.configs.map((config) => uuidOf(`function:${config.id}`));
  await client.query("update inngest.functions set archived = true where app_id = $1 and not id = any($2)", [app.appId, ids]);
  await client.query(
    `insert into inngest.functions (id, app_id, slug, config)
     select id, $1, slug, config from unnest($2::uuid[], $3::text[], $4::json[]) as x(id, slug, config)
     on conflict (id) do update set app_id = excluded.app_id, config = excluded.config, archived = false`,
    [app.appId, ids, app.configs.map((config) => config.id), app.configs.map((config) => JSON.stringify(config))],
  );
  return true;
}

/** The same name always has the same id, so that a function keeps its runs when it is registered anew. */
function uuidOf(name: string): string {
  const hex = createHash("sha1").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

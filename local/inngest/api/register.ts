import type { IncomingMessage } from "node:http";
import type { Pool } from "pg";
import { registerApp } from "../apps/register-app";
import { parseJson } from "../wire/json";
import { header, json, type Reply } from "./http";

/** `POST /fn/register`: what an app answers to a sync. The error text reaches whoever asked for the sync. */
export async function register(
  pool: Pool,
  request: IncomingMessage,
  body: string,
  onRegistered: (appId: string, modified: boolean) => Promise<void>,
): Promise<Reply> {
  const expected = header(request, "x-inngest-expected-server-kind");
  if (expected !== undefined && expected !== "cloud") {
    return json(400, { status: 400, error: `Expected server kind ${expected}, got cloud: unset INNGEST_DEV in the app.` });
  }
  const result = await registerApp(pool, parseJson(body), Date.now());
  if (!result.ok) return json(400, { status: 400, error: result.error });
  await onRegistered(result.appId, result.modified);
  return json(200, { ok: true, modified: result.modified, sync_id: result.syncId, app_id: result.appId });
}

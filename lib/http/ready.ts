import { sql } from "drizzle-orm";
import { db } from "@/drizzle/client";
import journal from "@/drizzle/migrations/meta/_journal.json";
import { env } from "@/lib/env";
import { asError, log } from "@/lib/log";

/** 200 when the environment parses, the database answers and its schema is at the head this build was made for; else 503 with which. */
export async function checkReady(): Promise<Response> {
  const checks: Record<string, string> = {};
  try {
    checks.environment = env() ? "ok" : "missing";
    const { rows } = await db().execute<{ applied: number }>(sql`select count(*)::int as applied from schema_migrations()`);
    checks.database = "ok";
    checks.schema = (rows[0]?.applied ?? 0) >= journal.entries.length ? "ok" : "behind: run npx tsx drizzle/migrate.ts";
  } catch (thrown) {
    log.warn("Not ready", { err: asError(thrown) });
    checks.database ??= "not reachable";
  }
  const ready = checks.database === "ok" && checks.schema === "ok";
  return Response.json({ ready, checks }, { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } });
}

import { migrate } from "drizzle-orm/neon-serverless/migrator";
import { connect } from "@/drizzle/client";
import { startTestPostgres } from "../postgres/test-postgres";

/**
 * Gives a test file a database of its own, empty and at the head, for what is one for the whole system, such as the exchange rates in
 * use. The addresses are read once, so this comes before the first query. What it answers ends it.
 */
export async function useOwnDatabase(): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres();
  const { appUrl, ownerUrl, gateUrl } = postgres.current();
  Object.assign(process.env, { DATABASE_URL: appUrl, DATABASE_URL_UNPOOLED: ownerUrl, DATABASE_WS_PROXY: gateUrl });
  const { db, pool } = connect(ownerUrl);
  await migrate(db, { migrationsFolder: "drizzle/migrations" }).finally(() => pool.end());
  return postgres.remove;
}

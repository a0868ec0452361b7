import { migrate } from "drizzle-orm/neon-serverless/migrator";
import { env } from "@/lib/env";
import { connect } from "./client";

/** Brings the schema to the head. Runs as the owner, over the direct address; safe to run at every start. */
async function main(): Promise<void> {
  const { db, pool } = connect(env().DATABASE_URL_UNPOOLED ?? env().DATABASE_URL);
  const startedAt = Date.now();
  await migrate(db, { migrationsFolder: "drizzle/migrations" });
  await pool.end();
  console.log(`Schema is at the head (${Date.now() - startedAt} ms).`);
}

main().catch((error: unknown) => {
  console.error("The migration failed; nothing of it was kept. Mend the cause below and run it again.");
  console.error(error);
  process.exitCode = 1;
});

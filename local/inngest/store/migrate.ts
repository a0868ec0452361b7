import type { Pool } from "pg";
import { DDL } from "./ddl";
import { transaction } from "./pool";

/** Brings the schema `inngest` to the newest version; refuses a database that a newer server has already changed. */
export async function migrate(pool: Pool): Promise<void> {
  await transaction(pool, "begin", async (client) => {
    await client.query("create schema if not exists inngest");
    await client.query("create table if not exists inngest.version (version integer not null)");
    const { rows } = await client.query<{ version: number }>("select version from inngest.version");
    const current = rows[0]?.version ?? 0;
    if (current > DDL.length) {
      throw new Error(`The database has schema version ${current} but this server knows ${DDL.length}: start the newer server.`);
    }
    for (const statements of DDL.slice(current)) await client.query(statements);
    await client.query("delete from inngest.version");
    await client.query("insert into inngest.version values ($1)", [DDL.length]);
  });
}

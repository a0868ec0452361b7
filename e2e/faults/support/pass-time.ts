import type { Client } from "pg";

/** Rows that some rule still counts the age of. What has ended keeps its times. */
const STILL_COUNTED = {
  orders: "status in ('queued', 'processing', 'confirming')",
  order_lines: "status = 'queued'",
  dispatches: "status in ('prepared', 'placed')",
  attempts: "dispatch_id in (select id from dispatches where status in ('prepared', 'placed'))",
  supplier_calls: "created_at > now() - interval '2 minutes'",
} as const;

const statements = new WeakMap<Client, Promise<string>>();

/**
 * Makes what was recorded of open work older, as the owner of the tables: a rule that counts 45 s from an attempt is kept as it is, and
 * nobody sits the 45 s out. The schema itself tells which columns are times, so that a new one is not forgotten.
 */
export async function passInDatabase(client: Client, waitMs: number): Promise<void> {
  const known = statements.get(client) ?? writeStatement(client);
  statements.set(client, known);
  await client.query((await known).replaceAll(":passed", `interval '${Math.ceil(waitMs)} milliseconds'`));
}

async function writeStatement(client: Client): Promise<string> {
  const tables = Object.entries(STILL_COUNTED);
  const { rows } = await client.query<{ table_name: string; column_name: string }>(
    `select table_name, column_name from information_schema.columns
     where table_schema = 'public' and data_type = 'timestamp with time zone' and table_name = any($1)`,
    [tables.map(([table]) => table)],
  );
  return tables
    .map(([table, where]) => {
      const columns = rows.filter(({ table_name }) => table_name === table).map(({ column_name }) => column_name);
      if (columns.length === 0) throw new Error(`The table ${table} has no times: has it another name now?`);
      return `update ${table} set ${columns.map((column) => `${column} = ${column} - :passed`).join(", ")} where ${where}`;
    })
    .join(";\n");
}

import type { PoolClient } from "pg";
import type { Json } from "../wire/json";

/** Column name, PostgreSQL type, and where the value of a row comes from. */
export type Column<T> = readonly [name: string, type: string, read: (row: T) => unknown];

/**
 * Rows as a table expression `unnest(...) as x(...)` with one array parameter per column: one statement however many rows.
 * Arrays of arrays are flattened by unnest, so text[] columns travel as their text form and are cast.
 */
export function rowsOf<T>(
  columns: readonly Column<T>[],
  rows: readonly T[],
  firstParameter = 1,
): { sql: string; values: unknown[][] } {
  const casts = columns.map(([, type], i) => `$${i + firstParameter}::${type}[]`);
  return {
    sql: `unnest(${casts.join(", ")}) as x(${columns.map(([name]) => name).join(", ")})`,
    values: columns.map(([, , read]) => rows.map(read)),
  };
}

export interface Insert<T> {
  table: string;
  columns: readonly Column<T>[];
  conflict?: string;
}

/** Inserts all rows with one statement; does nothing for none. */
export async function insertRows<T>(
  client: PoolClient,
  { table, columns, conflict = "" }: Insert<T>,
  rows: readonly T[],
): Promise<void> {
  if (rows.length === 0) return;
  const { sql, values } = rowsOf(columns, rows);
  const names = columns.map(([name]) => name).join(", ");
  const picked = columns.map(([name, type]) => (type === "text" && name.endsWith("_keys") ? `${name}::text[]` : name)).join(", ");
  await client.query(`insert into ${table} (${names}) select ${picked} from ${sql} ${conflict}`, values);
}

/** The text form of a text[] value. */
export function arrayText(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/[\\"]/g, "\\$&")}"`).join(",")}}`;
}

export function jsonText(value: Json | undefined): string {
  return JSON.stringify(value ?? null);
}

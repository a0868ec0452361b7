import type pg from "pg";
import type { Batch, Output, SqlQuery } from "./sql-request";
import { readableValue } from "./sql-values";

type Row = (string | null)[];

/** `queryMode` is of pg, though its type declarations do not know it: one statement per query, even without parameters. */
interface ExtendedQuery extends pg.QueryArrayConfig<unknown[]> {
  queryMode: "extended";
}

/** The shape the driver reads; `rows` holds objects when the client did not ask for arrays. */
export interface SqlResult {
  command: string;
  rowCount: number | null;
  rowAsArray: boolean;
  fields: object[];
  rows: unknown[];
}

/** Runs one statement; values come back as PostgreSQL's own text unless the client asked otherwise. */
export async function runQuery(client: pg.ClientBase, query: SqlQuery, output: Output): Promise<SqlResult> {
  const request: ExtendedQuery = {
    text: query.query,
    values: query.params,
    rowMode: "array",
    queryMode: "extended",
    types: { getTypeParser: () => (text: string | Buffer) => text },
  };
  const result = await client.query<Row>(request);
  const names = result.fields.map((field) => field.name);
  const rows = result.rows.map((row) => {
    const values = output.isRaw ? row : row.map((text, index) => readableValue(text, result.fields[index]?.dataTypeID));
    return output.isArrayMode ? values : Object.fromEntries(names.map((name, index) => [name, values[index]]));
  });
  return {
    command: result.command,
    rowCount: result.rowCount,
    rowAsArray: output.isArrayMode,
    fields: result.fields.map((field) => ({ ...field })),
    rows,
  };
}

/** Runs statements as one transaction; the first that fails undoes all, and its error is the answer. */
export async function runBatch(
  client: pg.ClientBase,
  queries: SqlQuery[],
  batch: Batch,
  output: Output,
): Promise<{ results: SqlResult[] }> {
  await client.query(beginStatement(batch));
  try {
    const results: SqlResult[] = [];
    for (const query of queries) results.push(await runQuery(client, query, output));
    await client.query("commit");
    return { results };
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

function beginStatement({ isolationLevel, isReadOnly, isDeferrable }: Batch): string {
  return ["begin", isolationLevel && `isolation level ${isolationLevel}`, isReadOnly && "read only", isDeferrable && "deferrable"]
    .filter(Boolean)
    .join(" ");
}

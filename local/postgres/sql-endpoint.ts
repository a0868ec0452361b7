import type { IncomingMessage, ServerResponse } from "node:http";
import pg from "pg";
import { errorCode, errorText } from "./errors";
import { readBody } from "./read-body";
import { openPools } from "./sql-pools";
import { parseSqlRequest, RequestError, type SqlRequest } from "./sql-request";
import { runBatch, runQuery, type SqlResult } from "./sql-run";

/** Neon's own bound on an answer. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const NO_SERVER_CODES = ["ECONNREFUSED", "ECONNRESET", "EPIPE"];

/** The fields the driver copies from a 400 onto its NeonDbError; `message` comes besides. */
const ERROR_FIELDS = [
  ...["severity", "code", "detail", "hint", "position", "internalPosition", "internalQuery", "where"],
  ...["schema", "table", "column", "dataType", "constraint", "file", "line", "routine"],
] as const;

type Answer = SqlResult | { results: SqlResult[] };

export interface SqlEndpoint {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

/** What the driver's `neon()` speaks: one query or one batch per POST, each in a session as good as new. */
export function openSqlEndpoint(postgresPort: number, log: (line: string) => void): SqlEndpoint {
  const pools = openPools(postgresPort, log);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const parsed = parseSqlRequest(request, await readBody(request));
      const text = JSON.stringify(await perform(parsed));
      if (Buffer.byteLength(text) > MAX_ANSWER_BYTES) {
        throw new RequestError(507, `The response is too large (max is ${MAX_ANSWER_BYTES} bytes). Ask for fewer rows.`);
      }
      send(response, 200, text);
    } catch (error) {
      const { status, body } = errorAnswer(error);
      if (status >= 500) log(`POST /sql failed: ${errorText(error)}`);
      send(response, status, JSON.stringify(body));
    }
  }

  function perform(request: SqlRequest): Promise<Answer> {
    return pools.withSession<Answer>(request.connection, (client) =>
      request.batch ? runBatch(client, request.queries, request.batch, request) : runQuery(client, request.query, request),
    );
  }

  return { answer, close: pools.close };
}

function errorAnswer(error: unknown): { status: number; body: Record<string, unknown> } {
  if (error instanceof pg.DatabaseError) {
    const fields = Object.fromEntries(ERROR_FIELDS.map((name) => [name, error[name] ?? null]));
    return { status: 400, body: { message: error.message, ...fields } };
  }
  if (error instanceof RequestError) return { status: error.status, body: { message: error.message } };
  if (NO_SERVER_CODES.includes(errorCode(error) ?? "")) return { status: 503, body: { message: "PostgreSQL is not running." } };
  return { status: 500, body: { message: errorText(error) } };
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}
